using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace Annotator.Tests.Architecture;

/// <summary>
/// C# is written in one dialect. Braces and names are watched by the compiler (<c>.editorconfig</c>), the width of lines here. Markup
/// of components may be wider: a line break in it is a space on the page.
/// </summary>
public sealed class DialectTests
{
    private const int Widest = 140;

    /// <summary>A text that begins a line may make it wider, if it is most of the line: it ends beyond this column.</summary>
    private const int EndOfText = 120;

    /// <summary>Tables of data, each with what its rows are. One that has become narrow must leave the list.</summary>
    private static readonly Dictionary<string, string> Tables = new(StringComparer.Ordinal)
    {
        ["src/Annotator.Domain/Languages/FunctionWords.cs"] = "The function words of one language.",
        ["tests/Annotator.Tests/Domain/Analysis/GoldenTests.cs"] = "A text, what finds it, what does not.",
    };

    [Fact]
    public void Lines_are_no_wider_than_a_screen() =>
        Assert.Empty(SourceTree.Production.Concat(SourceTree.Tests).Where(f => !Tables.ContainsKey(f.Path)).SelectMany(WideLines));

    [Fact]
    public void Tables_are_wide() => Assert.All(
        Tables.Keys, t => Assert.NotEmpty(WideLines(new SourceFile(t, SourceTree.TextOf(t).ReplaceLineEndings("\n")))));

    [Theory]
    [InlineData("x.cs", "var {0} = 1;", 1)]
    [InlineData("x.cs", "// {0}", 1)]
    [InlineData("x.cs", "/// <summary>{0}</summary>\nclass C;", 1)]
    [InlineData("x.cs", "Say(\"{0}\");", 1)]
    [InlineData("x.cs", "Say(\n\"short\", {0});", 1)]
    [InlineData("x.cs", "Say(\n    \"{0}\", ct);", 0)]
    [InlineData("x.cs", "Say(\n    \"begins\"\n    + $\"{0}\");", 0)]
    [InlineData("x.cs", "Say(\"\"\"\n    {0}\n    \"\"\");", 0)]
    [InlineData("x.razor", "<p>{0}</p>", 0)]
    [InlineData("a/Migrations/x.cs", "var {0} = 1;", 0)]
    public void A_wide_line_is_caught_unless_it_is_a_text(string path, string code, int found)
    {
        var wide = new SourceFile(path, code.Replace("{0}", new string('w', Widest), StringComparison.Ordinal));
        var narrow = wide with { Text = code.Replace("{0}", new string('w', 90), StringComparison.Ordinal) };
        Assert.Equal(found, WideLines(wide).Count());
        Assert.Empty(WideLines(narrow));
    }

    private static IEnumerable<string> WideLines(SourceFile file)
    {
        if (!file.IsCSharp || file.IsGenerated || !file.Text.Split('\n').Any(l => l.Length > Widest))
            return [];
        var root = file.Root;
        return from line in SourceText.From(file.Text).Lines
               where line.Span.Length > Widest && !IsText(root, line)
               select $"{file.Path}:{line.LineNumber + 1}";
    }

    // Within a text of several lines, or a text that begins the line, perhaps after an operator.
    private static bool IsText(SyntaxNode root, TextLine line)
    {
        var start = line.Start + line.ToString().TakeWhile(char.IsWhiteSpace).Count();
        var token = root.FindToken(start);
        if (token.SpanStart > start)
            return false;
        if (token.IsKind(SyntaxKind.PlusToken) || token.IsKind(SyntaxKind.QuestionToken) || token.IsKind(SyntaxKind.ColonToken))
            token = token.GetNextToken();
        return token.Parent is LiteralExpressionSyntax or InterpolatedStringExpressionSyntax or InterpolatedStringTextSyntax
            && token.Parent.AncestorsAndSelf().OfType<ExpressionSyntax>().First().Span.End > line.Start + EndOfText;
    }
}
