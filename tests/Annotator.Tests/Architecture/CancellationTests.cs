using System.Text.RegularExpressions;

namespace Annotator.Tests.Architecture;

/// <summary>Reads of pages end with the request that asked: who does not want a token says so by the name of a write's.</summary>
public sealed partial class CancellationTests
{
    // One answer for all who ask for the same: it does not end with the request that came first.
    private static readonly string[] SharedAnswers = ["/Features/Sources/CommentaryEndpoints.cs", "/Features/Sources/SharedVersions.cs"];

    [Fact]
    public void Pages_read_with_the_token_of_their_request() => Assert.Empty(SourceTree.Production.SelectMany(Uncancelled));

    [Theory]
    [InlineData(
        "src/Annotator.Web/Features/Home/HomePage.razor.cs", "await library.BrowseAsync(viewer, query, CancellationToken.None);", 1)]
    [InlineData("src/Annotator.Web/Features/Home/DemoNotice.razor", "await Demo.IsLoadedAsync(default(CancellationToken))", 1)]
    [InlineData("src/Annotator.Web/Components/Layout/MainLayout.razor", "await Demo.IsLoadedAsync(CancellationToken.None)", 1)]
    [InlineData("src/Annotator.Web/Features/Home/HomePage.razor.cs", "await library.BrowseAsync(viewer, query, Aborted);", 0)]
    [InlineData("src/Annotator.Web/Features/Sources/Read.razor.cs", "await writer.CreateAsync(viewer, draft, ToTheEnd);", 0)]
    [InlineData("src/Annotator.Web/Hosting/Database.cs", "await MigrateAsync(CancellationToken.None);", 0)]
    public void A_read_that_goes_on_for_nobody_is_caught(string path, string text, int found) =>
        Assert.Equal(found, Uncancelled(new SourceFile(path, text)).Count());

    private static IEnumerable<string> Uncancelled(SourceFile file) =>
        IsOfPages(file.Path) && WithoutToken().IsMatch(file.Text) ? [file.Path] : [];

    // The one component that gives both tokens their names.
    private static bool IsOfPages(string path) =>
        (path.Contains("Annotator.Web/Features/", StringComparison.Ordinal)
            || path.Contains("Annotator.Web/Components/", StringComparison.Ordinal))
        && !path.EndsWith("/Components/Shared/Cancellable.cs", StringComparison.Ordinal)
        && !SharedAnswers.Any(shared => path.EndsWith(shared, StringComparison.Ordinal));

    // Outside of a request there is none to follow.
    [GeneratedRegex(@"(?<!RequestAborted \?\? )CancellationToken\.None|default\(CancellationToken\)", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex WithoutToken();
}
