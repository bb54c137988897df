namespace Annotator.Tests.Support;

/// <summary>Waits for what a test cannot be told of. A slow machine only takes longer; what never comes ends the test.</summary>
internal static class Until
{
    private static readonly TimeSpan Never = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(5);

    public static Task HoldsAsync(Func<bool> condition) => HoldsAsync(() => Task.FromResult(condition()));

    public static async Task HoldsAsync(Func<Task<bool>> condition)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        end.CancelAfter(Never);
        while (!await condition())
            await Task.Delay(Pause, end.Token);
    }
}
