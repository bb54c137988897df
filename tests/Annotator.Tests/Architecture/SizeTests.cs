using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Annotator.Tests.Architecture;

/// <summary>Files, methods and constructors stay small enough to be read at one go.</summary>
public sealed class SizeTests
{
    private const int LongestFile = 300;
    private const int MedianFile = 60;
    private const int LongestMethod = 50;
    private const int LongestComponent = 150;
    private const int LongestProgram = 30;
    private const int MostParameters = 6;

    private static IEnumerable<SourceFile> Written => SourceTree.Production.Concat(SourceTree.Tests).Where(f => !f.IsGenerated);

    [Fact]
    public void Files_are_short() => Assert.Empty(Written.SelectMany(LongFiles));

    [Theory]
    [InlineData("src/X/Long.cs", 300, 0)]
    [InlineData("src/X/Long.cs", 301, 1)]
    [InlineData("src/X/Long.razor", 150, 0)]
    [InlineData("src/X/Long.razor", 151, 1)]
    [InlineData("src/Annotator.Web/Program.cs", 30, 0)]
    [InlineData("src/Annotator.Web/Program.cs", 31, 1)]
    public void A_long_file_is_caught(string path, int lines, int found) => Assert.Equal(found, LongFiles(Blank(path, lines)).Count());

    [Fact]
    public void Half_of_the_files_are_very_short() => Assert.InRange(Median(SourceTree.Production), 1, MedianFile);

    [Fact]
    public void Long_files_move_the_median() => Assert.Equal(61, Median([Blank("a.cs", 10), Blank("b.cs", 61), Blank("c.cs", 90), Blank("d.razor", 1), Blank("x/Migrations/e.cs", 1)]));

    [Fact]
    public void Methods_are_short() => Assert.Empty(Written.Where(f => f.IsCSharp).SelectMany(LongMethods));

    [Fact]
    public void Long_methods_are_caught()
    {
        var (body, longBody) = (new string('\n', LongestMethod - 3), new string('\n', LongestMethod - 2));
        Assert.Empty(LongMethods(InClass($"/// <summary>\n/// Documentation.\n/// </summary>\nvoid Short()\n{{{body}\n}}")));
        Assert.Equal(["x.cs: Long", "x.cs: .ctor", "x.cs: get", "x.cs: Local", "x.cs: Arrow"],
        [
            .. LongMethods(InClass($"void Long()\n{{\n{longBody}\n}}")),
            .. LongMethods(InClass($"C()\n{{\n{longBody}\n}}")),
            .. LongMethods(InClass($"int P {{ get\n{{\n{longBody}return 1;\n}} }}")),
            .. LongMethods(new SourceFile("x.cs", $"void Local()\n{{\n{longBody}\n}}")),
            .. LongMethods(InClass($"int Arrow() =>\n\n{longBody}\n1;")),
        ]);
    }

    [Fact]
    public void Constructors_ask_for_little() => Assert.Empty(Written.Where(f => f.IsCSharp).SelectMany(GreedyConstructors));

    [Fact]
    public void Greedy_constructors_are_caught()
    {
        const string seven = "int a, int b, int c, int d, int e, int f, int g";
        Assert.Single(GreedyConstructors(new SourceFile("x.cs", $"class C({seven});")));
        Assert.Single(GreedyConstructors(InClass($"C({seven}) {{ }}")));
        Assert.Empty(GreedyConstructors(InClass($"C({seven[..^7]}) {{ }}")));
        Assert.Empty(GreedyConstructors(new SourceFile("x.cs", $"record R({seven});")));
    }

    private static IEnumerable<string> LongFiles(SourceFile file)
    {
        var longest = file.IsRazor ? LongestComponent : file.Path.EndsWith("/Program.cs", StringComparison.Ordinal) ? LongestProgram : LongestFile;
        return file.Lines > longest ? [$"{file.Path}: {file.Lines} lines"] : [];
    }

    private static int Median(IReadOnlyList<SourceFile> files)
    {
        var lines = files.Where(f => f.IsCSharp && !f.IsGenerated).Select(f => f.Lines).Order().ToList();
        return lines[lines.Count / 2];
    }

    private static IEnumerable<string> LongMethods(SourceFile file) =>
        from node in file.Root.DescendantNodes()
        let name = node switch
        {
            ConstructorDeclarationSyntax => ".ctor",
            MethodDeclarationSyntax method => method.Identifier.Text,
            BaseMethodDeclarationSyntax => "operator",
            LocalFunctionStatementSyntax local => local.Identifier.Text,
            AccessorDeclarationSyntax accessor => accessor.Keyword.Text,
            PropertyDeclarationSyntax { ExpressionBody: not null } property => property.Identifier.Text,
            _ => null,
        }
        where name is not null && LinesOf(node) > LongestMethod
        select $"{file.Path}: {name}";

    private static int LinesOf(SyntaxNode node)
    {
        var span = node.SyntaxTree.GetLineSpan(node.Span);
        return span.EndLinePosition.Line - span.StartLinePosition.Line + 1;
    }

    // A record is a value: its parameters are what it consists of, not what it needs.
    private static IEnumerable<string> GreedyConstructors(SourceFile file) =>
        from node in file.Root.DescendantNodes()
        let parameters = node switch
        {
            ConstructorDeclarationSyntax constructor => constructor.ParameterList,
            ClassDeclarationSyntax type => type.ParameterList,
            StructDeclarationSyntax type => type.ParameterList,
            _ => null,
        }
        where parameters?.Parameters.Count > MostParameters
        select $"{file.Path}: {parameters.Parameters.Count} parameters";

    private static SourceFile Blank(string path, int lines) => new(path, string.Concat(Enumerable.Repeat(";\n", lines)));

    private static SourceFile InClass(string member) => new("x.cs", $"class C\n{{\n{member}\n}}\n");
}
