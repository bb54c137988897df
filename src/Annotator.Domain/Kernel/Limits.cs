namespace Annotator.Domain.Kernel;

/// <summary>The largest values that are stored. Lengths are UTF-16 code units unless a comment says bytes.</summary>
public static class Limits
{
    /// <summary>Markdown of a comment.</summary>
    public const int Body = 65_536;

    /// <summary>Quoted words (W3C <c>exact</c>).</summary>
    public const int Quote = 32_768;

    /// <summary>Prefix and suffix of a quote, each.</summary>
    public const int Context = 4_096;

    /// <summary>
    /// Longest title. The sort index (title, id) cannot hold a B-tree entry above about 2,700 bytes, and a UTF-16 unit takes at
    /// most 3 bytes in UTF-8.
    /// </summary>
    public const int Title = 500;
    public const int Author = 500;
    public const int Uri = 2_048;

    /// <summary>Addresses that a person gives one source.</summary>
    public const int Addresses = 64;

    /// <summary>Why a moderator decided something.</summary>
    public const int Reason = 1_000;

    /// <summary>Other addresses of its source that come with one annotation.</summary>
    public const int Claims = 16;
    public const int Tag = 256;
    public const int Tags = 64;
    public const int GroupId = 64;
    public const int References = 256;

    /// <summary>What one annotation is about; the limit is on their number.</summary>
    public const int Targets = 64;

    /// <summary>Selectors and unknown keys kept for interchange, as JSON text.</summary>
    public const int Extra = 262_144;
    public const int SearchQuery = 2_000;

    /// <summary>Longest text of a snapshot.</summary>
    public const int SnapshotText = 2_000_000;

    /// <summary>Largest uploaded file, in bytes.</summary>
    public const int File = 25 * Megabyte;

    /// <summary>Largest page that the fetcher downloads, in bytes.</summary>
    public const int FetchedPage = 10 * Megabyte;
    public const int Megabyte = 1024 * 1024;
}
