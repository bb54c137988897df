using System.Diagnostics.CodeAnalysis;

namespace Annotator.Domain.Live;

/// <summary>Something about a source was written.</summary>
/// <param name="OnlyTo">Its writer, when nobody else may see it.</param>
internal sealed record Change(Guid SourceId, Guid? OnlyTo = null)
{
    public static bool TryParse(string said, [NotNullWhen(true)] out Change? change)
    {
        change = said.Split(' ') switch
        {
            [var source] when Guid.TryParse(source, out var id) => new Change(id),
            [var source, var person] when Guid.TryParse(source, out var id) && Guid.TryParse(person, out var only) => new Change(id, only),
            _ => null,
        };
        return change is not null;
    }

    public override string ToString() => OnlyTo is null ? $"{SourceId}" : $"{SourceId} {OnlyTo}";
}
