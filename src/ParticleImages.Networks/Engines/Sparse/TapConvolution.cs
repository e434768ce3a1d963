using ParticleImages.Networks.Engines.Lanes;

namespace ParticleImages.Networks.Engines.Sparse;

/// <summary>Every row is multiplied once by the weights of every tap, wherever and however often it stands; then each output adds up what its taps meet.</summary>
internal sealed unsafe class TapConvolution<TLanes, TVector>(SparseTrunk trunk, SiteMap input, SiteMap output, ConvolutionWeights weights) : IRowConvolution
    where TLanes : struct, ILanes<TVector>
    where TVector : unmanaged
{
    private readonly TapProducts<TLanes, TVector> products = new(input.Channels, input.Stride, output.Channels, output.Stride, weights.Slots);

    public void Begin(SparseBatch batch) => products.Begin(trunk.Threads, batch.MostRows(input.Level), batch.MostRows(output.Level));

    public void BeginBack()
    {
    }

    public double Multiplications(int* table) => products.Multiplications(SiteRows.Padded(new SiteRows(table, input.Level).Count));

    public double Moves(int* table) => new SiteRows(table, output.Level).Moves(output.Stride);

    public void Forward(int* table, in EventTurn turn, float* deviations, float* background, float* rows, bool relu) =>
        products.Forward(new SiteRows(table, output.Level), turn.Worker, deviations, weights.Forward(0), background, rows, relu);

    public void Backward(int* table, in EventTurn turn, float* deviations, float* slopes, float* gradient, float* back) =>
        products.Backward(new SiteRows(table, output.Level), turn.Worker, deviations, slopes, weights.Backward(0), gradient, back);

    public void Dispose() => products.Dispose();
}
