using System.Globalization;

namespace Annotator.Benchmarks;

/// <summary>Figures for a person, the same in every culture.</summary>
internal static class Out
{
    public static Task LineAsync(FormattableString line) => Console.Out.WriteLineAsync(line.ToString(CultureInfo.InvariantCulture));

    public static FormattableString Megabytes(long bytes) => $"{bytes / 1048576.0:N0} MB";
}
