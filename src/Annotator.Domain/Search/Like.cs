namespace Annotator.Domain.Search;

/// <summary>Patterns of SQL's <c>like</c>, escaped with a backslash.</summary>
internal static class Like
{
    /// <summary>Anywhere in the text; with <c>*</c> for anything, then from the beginning to the end of the text.</summary>
    public static string Containing(string value)
    {
        var escaped = value.Replace("\\", "\\\\", StringComparison.Ordinal)
            .Replace("%", "\\%", StringComparison.Ordinal)
            .Replace("_", "\\_", StringComparison.Ordinal);
        return value.Contains('*', StringComparison.Ordinal) ? escaped.Replace('*', '%') : $"%{escaped}%";
    }
}
