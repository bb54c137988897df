namespace Annotator.Domain.Kernel;

/// <summary>How much of each thing is stored. Lengths are UTF-16 code units.</summary>
public static class Limits
{
    public const int Body = 65_536;
    public const int Quote = 32_768;

    /// <summary>Prefix and suffix of a quote, each.</summary>
    public const int Context = 4_096;

    /// <summary>Titles are sorted by an index, whose rows hold 2,700 bytes.</summary>
    public const int Title = 500;
    public const int Author = 500;
    public const int Uri = 2_048;
    public const int Tag = 256;
    public const int Tags = 64;
    public const int GroupId = 64;
    public const int References = 256;

    /// <summary>What one annotation is about; the limit is on their number.</summary>
    public const int Targets = 64;

    /// <summary>Selectors and unknown keys kept for interchange, as JSON text.</summary>
    public const int Extra = 262_144;
    public const int SearchQuery = 2_000;

    /// <summary>Text of a source that people bring. With it a file of this many bytes, and a page fetched from elsewhere.</summary>
    public const int SnapshotText = 2_000_000;
    public const int File = 25 * Megabyte;
    public const int FetchedPage = 10 * Megabyte;
    public const int Megabyte = 1024 * 1024;
}
