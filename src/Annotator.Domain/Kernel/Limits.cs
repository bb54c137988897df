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

    /// <summary>Selectors and unknown keys kept for interchange, as JSON text.</summary>
    public const int Extra = 262_144;
    public const int SearchQuery = 2_000;
}
