namespace Annotator.Web.Hosting;

/// <summary>What a check of the installation found.</summary>
/// <param name="What">The thing that was checked, a word or two.</param>
/// <param name="Says">What was found, with figures.</param>
/// <param name="Remedy">What to do; null when all is well.</param>
internal sealed record Finding(Verdict Verdict, string What, string Says, string? Remedy = null)
{
    public static Finding Good(string what, string says) => new(Verdict.Good, what, says);
    public static Finding Warning(string what, string says, string remedy) => new(Verdict.Warning, what, says, remedy);
    public static Finding Fault(string what, string says, string remedy) => new(Verdict.Fault, what, says, remedy);
}

/// <summary>How bad it is.</summary>
internal enum Verdict
{
    Good,

    /// <summary>The program works; something may go wrong later.</summary>
    Warning,

    /// <summary>Something does not work.</summary>
    Fault,
}
