using System.Linq.Expressions;
using Annotator.Domain.Kernel;
using Annotator.Domain.Analysis;

namespace Annotator.Domain.Annotations;

/// <summary>
/// The one rule of who may read what. Lists, search, counts and every interface ask it, as SQL or compiled in memory.
/// </summary>
public static class Visibility
{
    /// <summary>
    /// A standing annotation is read by the members of its group when it is shared, else by its author alone.
    /// The operator at the command line reads everything shared.
    /// </summary>
    public static Expression<Func<Annotation, bool>> For(Viewer viewer)
    {
        var person = viewer.PersonId;
        var groups = viewer.Groups.ToArray();
        if (viewer.IsOperator)
            return a => a.Deleted == null && a.Shared;
        return person is null
            ? a => a.Deleted == null && a.Shared && groups.Contains(a.GroupId)
            : a => a.Deleted == null && (a.Shared ? groups.Contains(a.GroupId) : a.AuthorId == person);
    }

    public static IQueryable<Annotation> VisibleTo(this IQueryable<Annotation> annotations, Viewer viewer) =>
        annotations.Where(For(viewer));

    /// <summary>The same rule for the search index: what a standing annotation carries for <see cref="Lexical"/> to ask for.</summary>
    internal static IEnumerable<string> Marks(Annotation annotation) =>
        annotation.Shared ? [SearchMarks.SharedIn(annotation.GroupId)] : [SearchMarks.Private, SearchMarks.PrivateIn(annotation.GroupId), SearchMarks.PrivateTo(annotation.AuthorId)];

    /// <summary>The rule as a <c>tsquery</c>.</summary>
    internal static string Lexical(Viewer viewer)
    {
        if (viewer.IsOperator)
            return $"!{QueryTerm.Quoted(SearchMarks.Private)}";
        IEnumerable<string> marks = viewer.Groups.Select(SearchMarks.SharedIn);
        if (viewer.PersonId is { } person)
            marks = marks.Append(SearchMarks.PrivateTo(person));
        return $"({string.Join(" | ", marks.Select(QueryTerm.Quoted))})";
    }
}
