using Annotator.Domain.Kernel;

namespace Annotator.Domain.Sources.Texts;

/// <summary>How much a document may take to be read, section <c>Annotator:Texts</c>.</summary>
public sealed record TextWorkerOptions
{
    /// <summary>Documents that are read at the same time, each in a process of its own; the others wait.</summary>
    public int AtOnce { get; init; } = Environment.ProcessorCount;

    /// <summary>Managed memory of one process.</summary>
    public int Megabytes { get; init; } = 512;

    /// <summary>Processor time of one document. On the clock it may take three times as long.</summary>
    public int Seconds { get; init; } = 20;

    /// <summary>The program and its first arguments, to which <c>text read</c> is added. Not a setting: the program finds itself.</summary>
    internal IReadOnlyList<string> Program { get; init; } = [];

    /// <summary>
    /// Whether the kernel holds a process to its limits. Elsewhere they are only watched from outside, ten times a second.
    /// </summary>
    public static bool AreKept => OperatingSystem.IsLinux();

    /// <summary>Largest file in bytes. What is only watched can grow between two looks, so less is let in.</summary>
    public static int LargestFile => AreKept ? Limits.File : Limits.File / 5;
}
