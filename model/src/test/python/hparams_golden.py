"""Hyperparameters as TensorBoard's own library writes them: the content of the plugin's data.

pip install tensorboard==2.21.0; python hparams_golden.py
"""

from tensorboard.plugins.hparams import plugin_data_pb2, summary_v2

summary = summary_v2.hparams_pb(
    {"batch": 64.0, "learning-rate": 0.01, "preset": "mini"},
    trial_id="",
    start_time_secs=1.5,
)
for value in summary.value:
    data = plugin_data_pb2.HParamsPluginData.FromString(value.metadata.plugin_data.content)
    print(value.tag, value.metadata.plugin_data.plugin_name)
    print(data.SerializeToString(deterministic=True).hex())
