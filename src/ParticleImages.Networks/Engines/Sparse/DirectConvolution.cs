using System.Numerics;
using ParticleImages.Networks.Engines.Lanes;

namespace ParticleImages.Networks.Engines.Sparse;

/// <summary>Where the input has few channels: every output multiplies for itself what its taps meet.</summary>
internal sealed unsafe class DirectConvolution<TLanes, TVector>(SiteMap input, SiteMap output, ConvolutionWeights weights) : IRowConvolution
    where TLanes : struct, ILanes<TVector>
    where TVector : unmanaged
{
    /// <summary>Whether an input of so many channels is computed so.</summary>
    public static bool IsFor(int channels) => channels <= 4;

    public void Begin(SparseBatch batch)
    {
    }

    public void BeginBack()
    {
    }

    public double Multiplications(int* table) => (double)output.Stride * input.Channels * new SiteRows(table, output.Level).EntryCount;

    public double Moves(int* table) => new SiteRows(table, output.Level).Moves(output.Stride);

    public void Forward(int* table, in EventTurn turn, float* deviations, float* background, float* rows, bool relu)
    {
        var outputs = new SiteRows(table, output.Level);
        RowKernels<TLanes, TVector>.Direct(outputs, Shift(outputs), deviations, input.Stride, input.Channels, weights.Forward(0), background, output.Stride, rows, relu);
    }

    public void Backward(int* table, in EventTurn turn, float* deviations, float* slopes, float* gradient, float* back)
    {
        var outputs = new SiteRows(table, output.Level);
        RowKernels<TLanes, TVector>.DirectGradient(outputs, Shift(outputs), deviations, input.Stride, input.Channels, slopes, output.Stride, gradient, weights.SlotLength);
        if (back is not null)
        {
            RowKernels<TLanes, TVector>.DirectSlopes(outputs, Shift(outputs), weights.Plain(0), output.Channels, slopes, output.Stride, back, input.Stride);
        }
    }

    public void Dispose()
    {
    }

    private static int Shift(SiteRows outputs) => BitOperations.Log2((uint)outputs.Step);
}
