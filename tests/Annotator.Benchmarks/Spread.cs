namespace Annotator.Benchmarks;

/// <summary>Median, 95th percentile, least and most of milliseconds. The least is what a busy machine distorts least.</summary>
internal sealed record Spread(double Median, double P95, double Least, double Most)
{
    /// <param name="measured">At least one.</param>
    public static Spread Of(IEnumerable<double> measured)
    {
        double[] sorted = [.. measured.Order()];
        return new Spread(sorted[sorted.Length / 2], sorted[(int)(sorted.Length * 0.95)], sorted[0], sorted[^1]);
    }
}
