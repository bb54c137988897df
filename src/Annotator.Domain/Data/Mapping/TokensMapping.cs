using Annotator.Domain.Analysis;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using NpgsqlTypes;

namespace Annotator.Domain.Data.Mapping;

/// <summary>Keeps the lexemes of an index entry as a <c>tsvector</c>.</summary>
internal static class TokensMapping
{
    /// <summary>Maps <see cref="IndexEntry.Tokens"/>; a set counts as changed when it is another object.</summary>
    public static void HasTokens<T>(this EntityTypeBuilder<T> entry)
        where T : IndexEntry
    {
        // Each writing makes a new set, so that another set means other lexemes.
        var comparer = new ValueComparer<IReadOnlySet<string>>(favorStructuralComparisons: false);
        entry.Property(e => e.Tokens).HasConversion(tokens => Vector(tokens), vector => Set(vector), comparer);
    }

#pragma warning disable CS0618 // Obsolete because it cannot do what to_tsvector does; quoted lexemes are all it is given here.
    private static NpgsqlTsVector Vector(IReadOnlySet<string> lexemes) =>
        NpgsqlTsVector.Parse(string.Join(' ', lexemes.Select(QueryTerm.Quoted)));
#pragma warning restore CS0618

    private static HashSet<string> Set(NpgsqlTsVector vector) => vector.Select(lexeme => lexeme.Text).ToHashSet(StringComparer.Ordinal);
}
