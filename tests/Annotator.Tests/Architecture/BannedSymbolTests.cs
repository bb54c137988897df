using System.Text.RegularExpressions;
using System.Xml.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Annotator.Tests.Architecture;

/// <summary>
/// The compiler's analyzer refuses the banned symbols. Here: that the list names what it should, by names that exist, that
/// nothing switches it off, and that markup comes from one component.
/// </summary>
public sealed partial class BannedSymbolTests
{
    private static readonly string[] Required =
    [
        "P:System.DateTime.Now", "P:System.DateTime.UtcNow", "P:System.DateTimeOffset.Now", "P:System.DateTimeOffset.UtcNow",
        "P:System.Threading.Tasks.Task`1.Result", "M:System.Threading.Tasks.Task.Wait", "M:System.Threading.Thread.Sleep(System.Int32)",
        "M:System.Net.Http.HttpClient.#ctor", "M:Microsoft.AspNetCore.Components.MarkupString.#ctor(System.String)",
    ];

    [Fact]
    public void The_list_names_what_is_banned() => Assert.Empty(Missing(SourceTree.TextOf("BannedSymbols.txt")));

    [Fact]
    public void A_list_that_forgets_something_is_caught() =>
        Assert.Equal(["P:System.DateTime.Now"], Missing(string.Join('\n', Required[1..].Append("P:System.DateTime.NowAndThen;x"))));

    [Fact]
    public void The_list_names_things_that_exist() => Assert.Empty(Unknown(SourceTree.TextOf("BannedSymbols.txt")));

    [Fact]
    public void A_misspelt_name_is_caught() =>
        Assert.Equal(
            ["M:System.Threading.Thread.Sleep(System.Int)"],
            Unknown("M:System.Threading.Thread.Sleep(System.Int)\nP:System.DateTime.Now;x"));

    [Fact]
    public void The_analyzer_runs_on_every_project_and_its_findings_are_errors() =>
        Assert.Empty(SwitchedOff(SourceTree.TextOf("Directory.Build.props"), SourceTree.TextOf(".editorconfig")));

    [Fact]
    public void An_analyzer_that_is_off_is_caught()
    {
        var props = SourceTree.TextOf("Directory.Build.props");
        Assert.Single(SwitchedOff(props.Replace("BannedSymbols.txt", "Other.txt", StringComparison.Ordinal), ""));
        Assert.Single(SwitchedOff(props.Replace("BannedApiAnalyzers", "Other", StringComparison.Ordinal), ""));
        Assert.Single(SwitchedOff(props.Replace(">true</TreatWarnings", ">false</TreatWarnings", StringComparison.Ordinal), ""));
        Assert.Single(SwitchedOff(props, "dotnet_diagnostic.RS0030.severity = suggestion"));
    }

    [Fact]
    public void Nobody_but_the_markdown_component_and_the_fetcher_makes_an_exception() =>
        Assert.Empty(SourceTree.Production.SelectMany(Exceptions));

    [Theory]
    [InlineData("src/Annotator.Domain/Search/Slow.cs", "#pragma warning disable RS0030 // just once", 1)]
    [InlineData("src/Annotator.Domain/Search/Slow.cs", "[SuppressMessage(\"ApiDesign\", \"RS0030\")]", 1)]
    [InlineData("src/Annotator.Domain/Sources/Fetcher.cs", "#pragma warning disable RS0030", 0)]
    [InlineData("src/Annotator.Web/Components/Shared/UserMarkdown.razor.cs", "#pragma warning disable RS0030", 0)]
    public void Other_exceptions_are_caught(string path, string text, int found) =>
        Assert.Equal(found, Exceptions(new SourceFile(path, text)).Count());

    [Fact]
    public void Markup_comes_from_the_markdown_component_only() => Assert.Empty(SourceTree.Production.SelectMany(Markup));

    [Theory]
    [InlineData("src/Annotator.Web/Features/Home/HomePage.razor", "<p>@((MarkupString)Html)</p>", 1)]
    [InlineData("src/Annotator.Web/Features/Home/HomePage.razor.cs", "new Microsoft.AspNetCore.Components.MarkupString(html)", 1)]
    [InlineData("src/Annotator.Web/Features/Home/HomePage.razor.cs", "builder.AddMarkupContent(0, html)", 1)]
    [InlineData("src/Annotator.Web/Components/Shared/UserMarkdown.razor", "@((MarkupString)Html)", 0)]
    [InlineData("src/Annotator.Web/Components/Shared/NotUserMarkdown.razor", "@((MarkupString)Html)", 1)]
    public void Markup_from_elsewhere_is_caught(string path, string text, int found) =>
        Assert.Equal(found, Markup(new SourceFile(path, text)).Count());

    private static IEnumerable<string> Missing(string list) => Required.Except(Names(list), StringComparer.Ordinal);

    private static IEnumerable<string> Unknown(string list)
    {
        var platform = ((string?)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES") ?? "").Split(
            Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        var compilation = CSharpCompilation.Create("names", references: platform.Select(file => MetadataReference.CreateFromFile(file)));
        return Names(list).Where(name => DocumentationCommentId.GetFirstSymbolForDeclarationId(name, compilation) is null);
    }

    private static IEnumerable<string> Names(string list) =>
        list.Split('\n').Select(line => line.Split(';')[0].Trim()).Where(name => name.Length > 0);

    private static IEnumerable<string> SwitchedOff(string props, string editorConfig)
    {
        var settings = XDocument.Parse(props);
        if (!settings.Descendants("PackageReference")
            .Any(p => p.Attribute("Include")?.Value is "Microsoft.CodeAnalysis.BannedApiAnalyzers"))
        {
            yield return "The analyzer is not referenced.";
        }
        if (!settings.Descendants("AdditionalFiles")
            .Any(f => f.Attribute("Include")?.Value.EndsWith("BannedSymbols.txt", StringComparison.Ordinal) == true))
        {
            yield return "The list is not given to the analyzer.";
        }
        if (settings.Descendants("TreatWarningsAsErrors").SingleOrDefault()?.Value is not "true")
            yield return "Warnings are no errors.";
        if (editorConfig.Contains("RS0030", StringComparison.Ordinal))
            yield return "The severity is changed.";
    }

    private static IEnumerable<string> Exceptions(SourceFile file) =>
        file.Text.Contains("RS0030", StringComparison.Ordinal)
            && !MarkdownComponent().IsMatch(file.Path)
            && !file.Path.EndsWith("/Sources/Fetcher.cs", StringComparison.Ordinal)
            ? [file.Path] : [];

    private static IEnumerable<string> Markup(SourceFile file) =>
        (file.Text.Contains("MarkupString", StringComparison.Ordinal) || file.Text.Contains("AddMarkupContent", StringComparison.Ordinal))
            && !MarkdownComponent().IsMatch(file.Path)
            ? [file.Path] : [];

    [GeneratedRegex(@"/(UserMarkdown|SnapshotMarkup)(\.razor)?(\.cs)?$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex MarkdownComponent();
}
