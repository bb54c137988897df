using System.Linq.Expressions;
using Annotator.Domain.Analysis;
using Annotator.Domain.Groups;

namespace Annotator.Domain.Access;

/// <summary>
/// The one rule of who may read what, for annotations and for the texts of sources. It has three forms: a condition in SQL
/// (<see cref="VisibleTo"/>), a <c>tsquery</c> (<see cref="Lexical"/>), and in memory <see cref="Readership"/>. A test compares
/// them for every standing and every viewer. A source is read by those who read an annotation or a text of it:
/// <c>AnnotatorDb.SourcesVisibleTo</c>.
/// </summary>
public static class Visibility
{
    /// <summary>What the viewer may read.</summary>
    public static IQueryable<T> VisibleTo<T>(this IQueryable<T> things, Viewer viewer)
        where T : class, IGuarded<T> => things.Where(For<T>(viewer));

    /// <summary>
    /// What the viewer may read, or could read if its author had not deleted it. Replies stay where their deleted root stood.
    /// </summary>
    public static IQueryable<T> VisibleOrDeletedTo<T>(this IQueryable<T> things, Viewer viewer)
        where T : class, IGuarded<T> => things.Where(Of<T>(Standing(viewer)));

    /// <summary>What not everybody may read.</summary>
    public static IQueryable<T> HiddenFromVisitors<T>(this IQueryable<T> things)
        where T : class, IGuarded<T>
    {
        var rule = For<T>(Viewer.Visitor);
        return things.Where(Expression.Lambda<Func<T, bool>>(Expression.Not(rule.Body), rule.Parameters));
    }

    /// <summary>The rule as a condition that Entity Framework translates.</summary>
    public static Expression<Func<T, bool>> For<T>(Viewer viewer)
        where T : class, IGuarded<T>
    {
        var rule = Standing(viewer);
        var standing = rule.Parameters[0];
        var isThere = Expression.Not(Expression.Property(standing, nameof(Access.Standing.IsDeleted)));
        return Of<T>(Expression.Lambda<Func<Standing, bool>>(Expression.AndAlso(isThere, rule.Body), standing));
    }

    /// <summary>The rule as a <c>tsquery</c> over the lexemes of <see cref="Readership"/>.</summary>
    internal static string Lexical(Viewer viewer, UnmarkedRights unmarked)
    {
        if (viewer.IsOperator)
            return $"!{QueryTerm.Quoted(AccessLexemes.Private)}";
        List<string> shared =
        [
            AccessLexemes.World, AccessLexemes.For(Viewer.PublicGroup), .. viewer.Reads.Concat(unmarked.Opened).Select(AccessLexemes.For),
        ];
        List<string> left =
        [
            .. unmarked.Silenced.Where(p => p != viewer.PersonId).Select(AccessLexemes.By),
            .. unmarked.Closed.Except(viewer.Reads, StringComparer.Ordinal).Select(AccessLexemes.For),
        ];
        // Moderators also read what silenced persons share in their group.
        List<string> whole = [.. viewer.Moderates.SelectMany(g => new[] { AccessLexemes.HeldIn(g), AccessLexemes.For(g) })];
        if (viewer.PersonId is { } person)
            whole.Add(AccessLexemes.Only(person));
        if (viewer.IsAdministrator)
        {
            whole.AddRange([AccessLexemes.Held, AccessLexemes.World, AccessLexemes.For(Viewer.PublicGroup)]);
            whole.AddRange(unmarked.Opened.Select(AccessLexemes.HeldIn));
        }
        var seen = left.Count == 0 ? AnyOf(shared) : $"({AnyOf(shared)} & !{AnyOf(left)})";
        return whole.Count == 0 ? seen : $"({seen} | {AnyOf(whole)})";
    }

    private static string AnyOf(IEnumerable<string> lexemes) => $"({string.Join(" | ", lexemes.Select(QueryTerm.Quoted))})";

    // Written as a disjunction, not as a choice: PostgreSQL estimates it better than CASE. The public group is named although its kind
    // says the same: PostgreSQL has statistics of how much stands in it; by kinds it would take all groups for equal.
    private static Expression<Func<Standing, bool>> Standing(Viewer viewer)
    {
        if (viewer.IsOperator)
            return s => s.IsShared;
        if (viewer.PersonId is not { } person)
            return s => s.IsShared && !s.IsHeld && !s.IsSilenced && (s.GroupId == Viewer.PublicGroup || s.GroupKind != GroupKind.Private);
        var (reads, moderates, isAdministrator) = (viewer.Reads.ToArray(), viewer.Moderates.ToArray(), viewer.IsAdministrator);
        if (moderates.Length == 0 && !isAdministrator)
        {
            return s =>
                (s.IsShared && !s.IsHeld && !s.IsSilenced
                    && (s.GroupId == Viewer.PublicGroup || s.GroupKind != GroupKind.Private || reads.Contains(s.GroupId)))
                || (s.OwnerId == person && (!s.IsShared || s.IsHeld || s.IsSilenced));
        }
        return s =>
            (s.IsShared && !s.IsHeld && !s.IsSilenced
                && (s.GroupId == Viewer.PublicGroup || s.GroupKind != GroupKind.Private || reads.Contains(s.GroupId)))
            || (s.OwnerId == person && (!s.IsShared || s.IsHeld || s.IsSilenced))
            || (s.IsShared && (s.IsHeld || s.IsSilenced)
                && (moderates.Contains(s.GroupId) || (isAdministrator && s.GroupKind != GroupKind.Private)));
    }

    /// <summary>Puts the columns of an entity into the rule.</summary>
    private static Expression<Func<T, bool>> Of<T>(Expression<Func<Standing, bool>> rule)
        where T : class, IGuarded<T>
    {
        var columns = T.Standing;
        var values = ((MemberInitExpression)columns.Body).Bindings.Cast<MemberAssignment>()
            .ToDictionary(b => b.Member.Name, b => b.Expression, StringComparer.Ordinal);
        return Expression.Lambda<Func<T, bool>>(new Inlining(rule.Parameters[0], values).Visit(rule.Body), columns.Parameters);
    }

    private sealed class Inlining(ParameterExpression standing, Dictionary<string, Expression> values) : ExpressionVisitor
    {
        protected override Expression VisitMember(MemberExpression node) =>
            node.Expression == standing ? values.GetValueOrDefault(node.Member.Name) ?? Default(node) : base.VisitMember(node);

        // A text is never held: what the initializer leaves out has its default.
        private static ConstantExpression Default(MemberExpression node) =>
            Expression.Constant(((System.Reflection.PropertyInfo)node.Member).GetValue(Access.Standing.Anywhere), node.Type);
    }
}
