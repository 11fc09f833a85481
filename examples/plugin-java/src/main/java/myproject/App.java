package myproject;

import com.pulumi.Context;
import com.pulumi.Pulumi;
import com.pulumi.core.Output;
import com.pulumi.deployment.InvokeOutputOptions;
import com.pulumi.resources.CustomResourceOptions;
import com.pulumi.resources.CustomTimeouts;
import io.github.pulumialicloudmedia.alicloudmedia.imm.DatasetBinding;
import io.github.pulumialicloudmedia.alicloudmedia.imm.DatasetBindingArgs;
import io.github.pulumialicloudmedia.alicloudmedia.imm.ImmFunctions;
import io.github.pulumialicloudmedia.alicloudmedia.imm.inputs.GetDatasetBindingArgs;
import io.github.pulumialicloudmedia.alicloudmedia.mps.OutputBucket;
import io.github.pulumialicloudmedia.alicloudmedia.mps.OutputBucketArgs;
import java.time.Duration;

public class App {
  public static void main(String[] args) {
    Pulumi.run(App::program);
  }

  static void program(Context ctx) {
    // The engine hands the timeouts to the plugin; a change of them is no update.
    var timeouts = CustomTimeouts.builder().create(Duration.ofMinutes(20)).build();
    var options = CustomResourceOptions.builder().customTimeouts(timeouts).build();
    var binding = new DatasetBinding("videos", DatasetBindingArgs.builder()
        .projectName("media")
        .datasetName("videos")
        .uri("oss://media-originals")
        .build(), options);
    var renditions = new OutputBucket("renditions", OutputBucketArgs.builder().bucket("media-renditions").build());
    var thumbnails = new OutputBucket("thumbnails", OutputBucketArgs.builder().bucket("media-thumbnails").build());

    ctx.export("bindingStatus", binding.status());
    ctx.export("outputBuckets", Output.all(renditions.bucket(), thumbnails.bucket()));
    // Asked once the binding is there. The names alone do not say so in Java: its questions go to a process of the
    // plugin that does not know what the preview is to make.
    var after = new InvokeOutputOptions.Builder().dependsOn(binding).build();
    var live = ImmFunctions.getDatasetBinding(GetDatasetBindingArgs.builder()
        .projectName(binding.projectName())
        .datasetName(binding.datasetName())
        .uri(binding.uri())
        .build(), after);
    ctx.export("phase", live.applyValue(found -> found.phase()));
  }
}
