package dev.alexnet.ops.launch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alexnet.ops.console.Screen;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlanTableTest {
  private static final List<Provisioning> ALL_TERMS = List.of(Provisioning.values());

  @Test
  void of_ceilingThatEndsTasksOnSomeTermsOnly_saysThatBothHold() {
    LaunchPlan plan =
        PlannedLaunches.plan(
            all ->
                all.set(LaunchSettings.MAX_COST, 300.0)
                    .set(LaunchSettings.PROVISIONING, ALL_TERMS));

    assertThat(PlanTable.of(plan, "job.yaml").toString())
        .contains(
            "and has it for at most 14 days (7 of flex-start), or as long as the ceiling allows\n",
            "ceiling         375.00 hours of spot ($300.00), or 150.00 hours of flex-start ");
  }

  @Test
  void of_ceilingThatIsLowerThanEveryOtherLimit_namesTheCeilingOnly() {
    LaunchPlan plan = PlannedLaunches.plan(all -> all.set(LaunchSettings.MAX_COST, 20.0));

    assertThat(PlanTable.of(plan, "job.yaml").toString())
        .contains("for a machine, and has it for as long as the ceiling allows\n");
  }

  @Test
  void of_aPlanInANarrowTerminal_keepsNamesWholeAndBreaksValues() {
    LaunchPlan plan = PlannedLaunches.plan(all -> all.set(LaunchSettings.MAX_HOURS, 6.0));

    assertThat(PlanTable.of(plan, "job.yaml").on(new Screen(80, false)))
        .isEqualTo(
            """
            launch          first
            environment     dev, project my-project
            job file        job.yaml
            work directory  gs://my-project-alexnet-dev-runs/first
            image           %s
            machine         g2-standard-24 with 2 nvidia-l4
            price an hour   spot $0.80, then flex-start at most $2.00, then standard $2.00
            zones           us-central1-a, us-central1-b, us-central1-c
            attempts        at most 10; each waits at most 60 minutes for a machine, and has
                            it for as long as the ceiling allows
            ceiling         6.00 hours of spot ($4.80), or 6.00 hours of flex-start
                            ($12.00), or 6.00 hours of standard ($12.00)
            account         alexnet-dev-job@my-project.iam.gserviceaccount.com
            """
                .formatted(PlannedLaunches.IMAGE));
  }
}
