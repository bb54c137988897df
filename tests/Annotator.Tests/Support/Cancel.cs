namespace Annotator.Tests.Support;

internal static class Cancel
{
    /// <summary>Cancelled when the run is stopped.</summary>
    public static CancellationToken Ct => TestContext.Current.CancellationToken;
}
