namespace Annotator.Tests.Architecture;

/// <summary>Tests wait for what happens, and time is measured by the benchmarks: a slow machine is not a fault.</summary>
public sealed class WaitingTests
{
    private static readonly string[] Waits =
    [
        "Task.Delay(", "WaitForTimeoutAsync(", "setTimeout(", "Thread.Sleep(", "Stopwatch.", "GetElapsedTime(",
    ];

    private static readonly string[] Allowed =
    [
        // Waits for a condition; the only place that looks again and again.
        "tests/Annotator.Tests/Support/Until.cs",
        // How long a fault lasts, and seconds that are printed and never asserted.
        "tests/Annotator.Reliability/Support/Pace.cs",
        // Tools, not tests: they run when somebody asks for them.
        "tests/Annotator.BrowserTests/ReaderFigures.cs",
        "tests/Annotator.BrowserTests/ReadmePictures.cs",
        // These two speak of waiting.
        "tests/Annotator.Tests/Architecture/WaitingTests.cs",
        "tests/Annotator.Tests/Architecture/BannedSymbolTests.cs",
    ];

    [Fact]
    public void No_test_waits_a_fixed_time_or_measures_time() =>
        Assert.Empty(
            SourceTree.Tests
                .Where(f => !f.Path.StartsWith("tests/Annotator.Benchmarks/", StringComparison.Ordinal)
                    && !Allowed.Contains(f.Path, StringComparer.Ordinal))
                .SelectMany(WaitsIn));

    [Theory]
    [InlineData("await Task.Delay(20, Ct);", 1)]
    [InlineData("await page.EvaluateAsync(\"() => new Promise(done => setTimeout(done, 100))\");\nvar watch = Stopwatch.StartNew();", 2)]
    [InlineData("await Until.HoldsAsync(() => heard);", 0)]
    public void Waiting_is_caught(string code, int found) => Assert.Equal(found, WaitsIn(new SourceFile("x.cs", code)).Count());

    [Fact]
    public void What_is_allowed_is_there() => Assert.Empty(Allowed.Except(SourceTree.Tests.Select(f => f.Path), StringComparer.Ordinal));

    private static IEnumerable<string> WaitsIn(SourceFile file) =>
        from line in file.Text.Split('\n').Index()
        where Waits.Any(w => line.Item.Contains(w, StringComparison.Ordinal))
        select $"{file.Path}:{line.Index + 1}: {line.Item.Trim()}";
}
