using ParticleImages.Networks.Modules;
using TorchSharp;
using static TorchSharp.torch;

namespace ParticleImages.Networks.Engines.Fused;

/// <summary>Layers that torch's modules compute, the whole batch at once.</summary>
/// <param name="modules">The modules.</param>
/// <param name="input">What the layers read.</param>
/// <param name="output">What they make.</param>
/// <param name="hasSlopes">Whether slopes by the input are wanted.</param>
/// <param name="start">Where their weights begin among all that is fitted.</param>
/// <param name="threads">Torch's threads: one where layers are too small for more.</param>
internal sealed unsafe class TorchStage(
    nn.Module<Tensor, Tensor>[] modules, FusedMaps input, FusedMaps output, bool hasSlopes, int start, int threads) : FusedStage(input, output, hasSlopes)
{
    private readonly TensorVector weights = new([.. modules.SelectMany(module => module.parameters())]);
    private readonly BatchNormalization[] norms = [.. modules.SelectMany(NormsOf)];
    private DisposeScope? step;
    private Tensor? leaf;
    private Tensor? values;

    public override void Forward(FusedStep step)
    {
        Abandon();
        Input.BeginApplying(step.Events);
        step.ForEachSlice((_, first, events, _) => Input.Apply(first, events, step.Kernels));
        this.step = NewDisposeScope();
        using IDisposable mode = step.IsTraining ? enable_grad() : no_grad();
        WithThreads(() =>
        {
            Tensor applied = Input.Applied(0, step.Events);
            leaf = (Input.Shape.IsFlat ? applied.flatten(1) : applied).detach().requires_grad_(step.IsTraining && HasSlopes);
            Tensor current = leaf;
            foreach (nn.Module<Tensor, Tensor> module in modules)
            {
                Tensor next = module.call(current);
                if (!ReferenceEquals(current, leaf))
                {
                    current.Dispose();
                }

                current = next;
            }

            values = current;
            Output.Give(current.detach().contiguous(), step.IsTraining);
        });
    }

    public override void Backward(FusedStep step, Span<float> gradient)
    {
        if (leaf is null || values is null)
        {
            throw new InvalidOperationException("There is no batch to go back from; run Forward before.");
        }

        weights.ClearGradient();
        using (enable_grad())
        {
            WithThreads(() => values.backward([Output.Slopes(0, step.Events).view(values.shape)]));
        }

        weights.ReadGradient(gradient.Slice(start, weights.Count));
        if (HasSlopes)
        {
            using Tensor back = leaf.grad ?? throw new InvalidOperationException("The layers have no slopes by their input.");
            TensorVector.Copy(back, new Span<float>(Input.SlopesAt(0), checked((int)back.NumberOfElements)));
        }
    }

    public override void Abandon()
    {
        step?.Dispose();
        (step, leaf, values) = (null, null, null);
    }

    public override void BeginSurvey() => Array.ForEach(norms, norm => norm.BeginSurvey());

    public override void AdoptSurvey() => Array.ForEach(norms, norm => norm.AdoptSurvey());

    public override void EndSurvey() => Array.ForEach(norms, norm => norm.EndSurvey());

    private static IEnumerable<BatchNormalization> NormsOf(nn.Module<Tensor, Tensor> module) => module switch
    {
        BatchNormalization norm => [norm],
        ResidualBlock block => block.Parts.SelectMany(part => part.Leaves()).OfType<BatchNormalization>(),
        ParallelBranches block => block.Parts.SelectMany(part => part.Leaves()).OfType<BatchNormalization>(),
        _ => [],
    };

    private void WithThreads(Action work)
    {
        int before = get_num_threads();
        set_num_threads(threads);
        try
        {
            work();
        }
        finally
        {
            set_num_threads(before);
        }
    }
}
