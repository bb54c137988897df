using System.Globalization;

namespace Annotator.Domain.Kernel;

/// <summary>One page of a list read by keyset: the rows, and where the next page begins.</summary>
/// <param name="Items">The rows, in the order of the list.</param>
/// <param name="Next">Opaque cursor of the next page; null on the last one.</param>
public sealed record Page<T>(IReadOnlyList<T> Items, string? Next);

/// <summary>A place in a list: the sort key and the id of the last row seen. Travels in URLs as <c>key~id</c>.</summary>
public sealed record Cursor(string Key, Guid Id)
{
    /// <summary>A cursor in a list sorted by time; its key is the 100-nanosecond ticks of UTC in decimal digits.</summary>
    public static Cursor At(DateTimeOffset time, Guid id) =>
        new(time.UtcTicks.ToString(CultureInfo.InvariantCulture), id);

    /// <summary>A cursor that cannot be read starts at the first page: old links must not fail.</summary>
    public static Cursor? Parse(string? text)
    {
        var split = text?.LastIndexOf('~') ?? -1;
        // PostgreSQL takes no NUL, and no cursor of ours has one.
        return split >= 0 && !text!.Contains('\0', StringComparison.Ordinal) && PublicId.TryParse(text[(split + 1)..], out var id)
            ? new Cursor(text[..split], id)
            : null;
    }

    /// <summary>Reads the key back as a time; false for the key of a list that is sorted by something else.</summary>
    public bool TryGetTime(out DateTimeOffset time)
    {
        var known = long.TryParse(Key, NumberStyles.None, CultureInfo.InvariantCulture, out var ticks)
            && ticks <= DateTimeOffset.MaxValue.Ticks;
        time = known ? new DateTimeOffset(ticks, TimeSpan.Zero) : default;
        return known;
    }

    public override string ToString() => $"{Key}~{PublicId.Of(Id)}";
}
