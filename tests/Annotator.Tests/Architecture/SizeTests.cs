using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Annotator.Tests.Architecture;

/// <summary>Files, types, methods and constructors stay small enough to be read at one go.</summary>
public sealed class SizeTests
{
    private const int LongestFile = 300;
    private const int LongFile = 120;
    private const int LongestType = 300;
    private const int LongestMethod = 50;
    private const int LongestComponent = 150;
    private const int LongestProgram = 30;
    private const int MostParameters = 6;

    /// <summary>Types that are longer, each with what excuses it. One that is short again must leave the list.</summary>
    private static readonly Dictionary<string, string> TooLong = new(StringComparer.Ordinal)
    {
        ["tests/Annotator.Tests/Domain/Languages: LabelledComments"] = "A table of comments and their languages, no code.",
    };

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
    public void Nine_of_ten_files_are_read_on_two_screens() => Assert.InRange(NineOfTen(SourceTree.Production), 1, LongFile);

    [Fact]
    public void Long_files_are_counted_without_generated_ones()
    {
        SourceFile[] files = [.. Enumerable.Repeat(Blank("a.cs", 10), 8), Blank("b.razor", 121), Blank("c.cs", 200)];
        Assert.Equal(121, NineOfTen(files));
        Assert.Equal(200, NineOfTen([.. files[1..]]));
        Assert.Equal(10, NineOfTen([.. files[..8], Blank("x/Migrations/e.cs", 900)]));
    }

    [Fact]
    public void Types_are_short() => Assert.Equal(
        TooLong.Keys.Order(StringComparer.Ordinal), LongTypes(Written).Select(t => t.Name).Order(StringComparer.Ordinal));

    [Fact]
    public void A_type_is_as_long_as_all_its_parts()
    {
        var (half, most) = (Type("Half", 150), Type("Half", 151));
        Assert.Empty(LongTypes([half("src/A/Half.cs"), half("src/A/Half.More.cs")]));
        Assert.Equal([("src/A: Half", 301)], LongTypes([half("src/A/Half.cs"), most("src/A/Half.More.cs")]));
        Assert.Empty(LongTypes([half("src/A/Half.cs"), most("src/B/Half.cs")]));
        Assert.Equal([("src/A: Half", 301)], LongTypes([half("src/A/Half.razor.cs"), Blank("src/A/Half.razor", 151)]));
        Assert.Empty(LongTypes([half("src/A/Two.cs"), Type("Other", 151)("src/A/Two.cs")]));
        Assert.Empty(LongTypes([Type("Made", 400)("src/A/Migrations/Made.cs")]));
    }

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
        var longest = file.IsRazor
            ? LongestComponent
            : file.Path.EndsWith("/Program.cs", StringComparison.Ordinal) ? LongestProgram : LongestFile;
        return file.Lines > longest ? [$"{file.Path}: {file.Lines} lines"] : [];
    }

    private static int NineOfTen(IReadOnlyList<SourceFile> files)
    {
        var lines = files.Where(f => !f.IsGenerated).Select(f => f.Lines).Order().ToList();
        return lines[(lines.Count * 9 + 9) / 10 - 1];
    }

    // Nested types belong to the type around them; a component's markup to the class behind it.
    private static IEnumerable<(string Name, int Lines)> LongTypes(IEnumerable<SourceFile> files) =>
        from file in files
        where !file.IsGenerated
        from part in file.IsRazor ? [(Name: Path.GetFileNameWithoutExtension(file.Path), file.Lines)] : PartsIn(file)
        group part.Lines by $"{Path.GetDirectoryName(file.Path)}: {part.Name}" into type
        where type.Sum() > LongestType
        select (type.Key, type.Sum());

    private static IEnumerable<(string Name, int Lines)> PartsIn(SourceFile file) =>
        from type in file.Root.DescendantNodes(node => node is not BaseTypeDeclarationSyntax).OfType<BaseTypeDeclarationSyntax>()
        let arity = (type as TypeDeclarationSyntax)?.TypeParameterList?.Parameters.Count
        select (arity is null ? type.Identifier.Text : $"{type.Identifier.Text}`{arity}", LinesOf(type));

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

    private static Func<string, SourceFile> Type(string name, int lines) =>
        path => new SourceFile(path, $"namespace N;\npartial class {name}\n{{\n{string.Concat(Enumerable.Repeat("\n", lines - 3))}}}\n");

    private static SourceFile Blank(string path, int lines) => new(path, string.Concat(Enumerable.Repeat(";\n", lines)));

    private static SourceFile InClass(string member) => new("x.cs", $"class C\n{{\n{member}\n}}\n");
}
