namespace Annotator.Benchmarks.Search;

/// <summary>Figures with their targets.</summary>
internal sealed class Scorecard
{
    private readonly List<(string What, double Figure, double Target, bool IsLeast)> _lines = [];

    /// <summary>The figure shall be at least the target.</summary>
    public void AtLeast(string what, double figure, double target) => _lines.Add((what, figure, target, true));

    /// <summary>The figure shall be at most the target.</summary>
    public void AtMost(string what, double figure, double target) => _lines.Add((what, figure, target, false));

    public async Task PrintAsync()
    {
        await Out.LineAsync($"");
        await Out.LineAsync($"{"Target",-52}{"figure",12}{"target",12}");
        foreach (var (what, figure, target, isLeast) in _lines)
        {
            await Out.LineAsync(
                $"{what,-52}{figure,12:#,0.0###}{(isLeast ? "≥" : "≤"),3}{target,9:#,0.0##}  {((isLeast ? figure >= target : figure <= target) ? "ok" : "MISSED")}");
        }
        await Out.LineAsync(
            $"{_lines.Count(l => l.IsLeast ? l.Figure >= l.Target : l.Figure <= l.Target)} of {_lines.Count} targets are met.");
    }
}
