using Annotator.Domain.Annotations;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Annotator.Tests.Architecture;

/// <summary>One expression makes records of annotations, one function redacts them, and every edge formats records.</summary>
public sealed class RecordTests
{
    private static readonly string[] Entities = [typeof(Annotation).FullName!, typeof(Revision).FullName!, typeof(FurtherTarget).FullName!];

    [Fact]
    public void The_web_formats_records() => Assert.Empty(Unredacted(CodeBase.Web));

    [Fact]
    public void Whoever_formats_the_rows_of_the_store_is_caught() => Assert.Equal(
        [$"{CodeBase.Guilty}.Web.Features.Home.FormatsTheRow uses {typeof(Annotation).FullName}"],
        Unredacted(CodeBase.Guilty + ".Web").Distinct());

    [Fact]
    public void Records_are_made_in_one_place() => Assert.Empty(SourceTree.Production.Where(f => f.IsCSharp).SelectMany(Making));

    [Theory]
    [InlineData("new AnnotationView { Id = a.Id }", 1)]
    [InlineData("new AnnotationRecord { Source = s }", 1)]
    [InlineData("new AnnotatedSource(s.Id, s.Title, s.Author, s.Language)", 1)]
    [InlineData("view with { Body = text }", 0)]
    public void Whoever_else_makes_one_is_caught(string expression, int found)
    {
        var text = $"var made = {expression};";
        Assert.Equal(found, Making(new SourceFile("src/Annotator.Domain/Search/Other.cs", text)).Count());
        Assert.Empty(Making(new SourceFile("src/Annotator.Domain/Annotations/AnnotationRecord.cs", text)));
    }

    private static IEnumerable<string> Unredacted(string root) =>
        from use in CodeBase.UsesIn(root)
        where Entities.Contains(use.To, StringComparer.Ordinal)
        select use.ToString();

    private static IEnumerable<string> Making(SourceFile file) =>
        from made in file.Root.DescendantNodes().OfType<ObjectCreationExpressionSyntax>()
        where made.Type.ToString() is nameof(AnnotationView) or nameof(AnnotationRecord) or nameof(AnnotatedSource)
            or nameof(AnnotatedPassage)
        where !file.Path.EndsWith("/Annotations/AnnotationRecord.cs", StringComparison.Ordinal)
        select $"{file.Path} makes {made.Type}";
}
