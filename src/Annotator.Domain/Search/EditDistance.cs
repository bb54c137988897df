namespace Annotator.Domain.Search;

/// <summary>
/// Edit distance of two words: letters added, left out, changed, or swapped with the next (Damerau–Levenshtein, restricted).
/// </summary>
internal static class EditDistance
{
    /// <param name="most">Computation stops beyond this distance.</param>
    /// <returns>The distance in UTF-16 units, or more than <paramref name="most"/>.</returns>
    public static int Between(string a, string b, int most)
    {
        if (Math.Abs(a.Length - b.Length) > most)
            return most + 1;
        // Rows of the table of distances between the beginnings of both: this one, the last and the one before.
        Span<int> last = stackalloc int[b.Length + 1], before = stackalloc int[b.Length + 1], row = stackalloc int[b.Length + 1];
        for (var j = 0; j <= b.Length; j++)
            row[j] = j;
        for (var i = 1; i <= a.Length; i++)
        {
            var oldest = before;
            before = last;
            last = row;
            row = oldest;
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var isSame = a[i - 1] == b[j - 1];
                row[j] = Math.Min(Math.Min(last[j], row[j - 1]) + 1, last[j - 1] + (isSame ? 0 : 1));
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                    row[j] = Math.Min(row[j], before[j - 2] + 1);
            }
        }

        return row[b.Length];
    }
}
