package dev.alexnet.infra.testing.batch;

import com.google.cloud.batch.v1.CancelJobRequest;
import com.google.cloud.batch.v1.CancelJobResponse;
import com.google.cloud.batch.v1.CreateJobRequest;
import com.google.cloud.batch.v1.DeleteJobRequest;
import com.google.cloud.batch.v1.GetJobRequest;
import com.google.cloud.batch.v1.Job;
import com.google.cloud.batch.v1.ListJobsRequest;
import com.google.cloud.batch.v1.ListJobsResponse;
import com.google.longrunning.Operation;
import com.google.protobuf.Any;
import com.google.protobuf.Empty;
import com.google.protobuf.Message;
import io.grpc.MethodDescriptor;
import io.grpc.ServerServiceDefinition;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.ProtoUtils;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import java.util.Optional;
import java.util.function.Function;

/** The methods of Batch's service. There is no generated stub of it in the registries. */
final class FakeBatchService {
  private static final String NAME = "google.cloud.batch.v1.BatchService";

  private final FakeJobs jobs;
  private final BatchFaults faults;

  FakeBatchService(FakeJobs jobs, BatchFaults faults) {
    this.jobs = jobs;
    this.faults = faults;
  }

  ServerServiceDefinition definition() {
    Operation operation = Operation.getDefaultInstance();
    Job job = Job.getDefaultInstance();
    ServerServiceDefinition.Builder service = ServerServiceDefinition.builder(NAME);
    add(
        service,
        method("CreateJob", CreateJobRequest.getDefaultInstance(), job),
        BatchRequestKind.CREATE,
        jobs::create);
    add(
        service,
        method("GetJob", GetJobRequest.getDefaultInstance(), job),
        BatchRequestKind.GET,
        request -> jobs.look(request.getName()));
    add(
        service,
        method(
            "ListJobs",
            ListJobsRequest.getDefaultInstance(),
            ListJobsResponse.getDefaultInstance()),
        BatchRequestKind.LIST,
        jobs::list);
    add(
        service,
        method("CancelJob", CancelJobRequest.getDefaultInstance(), operation),
        BatchRequestKind.CANCEL,
        request -> {
          jobs.cancel(request.getName());
          return done(CancelJobResponse.getDefaultInstance());
        });
    add(
        service,
        method("DeleteJob", DeleteJobRequest.getDefaultInstance(), operation),
        BatchRequestKind.DELETE,
        request -> {
          jobs.delete(request.getName());
          return done(Empty.getDefaultInstance());
        });
    return service.build();
  }

  private static <A extends Message, B extends Message> MethodDescriptor<A, B> method(
      String name, A request, B response) {
    return MethodDescriptor.<A, B>newBuilder()
        .setType(MethodDescriptor.MethodType.UNARY)
        .setFullMethodName(MethodDescriptor.generateFullMethodName(NAME, name))
        .setRequestMarshaller(ProtoUtils.marshaller(request))
        .setResponseMarshaller(ProtoUtils.marshaller(response))
        .build();
  }

  private <A, B> void add(
      ServerServiceDefinition.Builder service,
      MethodDescriptor<A, B> method,
      BatchRequestKind kind,
      Function<A, B> effect) {
    service.addMethod(
        method,
        ServerCalls.asyncUnaryCall((request, answer) -> answer(kind, effect, request, answer)));
  }

  private <A, B> void answer(
      BatchRequestKind kind, Function<A, B> effect, A request, StreamObserver<B> answer) {
    Optional<BatchFault> fault = faults.of(kind);
    try {
      B result = fault.isPresent() && !fault.get().takesEffect() ? null : effect.apply(request);
      if (fault.isPresent()) {
        throw fault.get().exception();
      }
      answer.onNext(result);
      answer.onCompleted();
    } catch (StatusRuntimeException e) {
      answer.onError(e);
    }
  }

  private static Operation done(Message response) {
    return Operation.newBuilder()
        .setName("operations/1")
        .setDone(true)
        .setResponse(Any.pack(response))
        .build();
  }
}
