using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Annotator.Tests.Architecture;

/// <summary>One file as it was written.</summary>
/// <param name="Path">From the folder of the solution on, with forward slashes.</param>
internal sealed record SourceFile(string Path, string Text)
{
    public int Lines => Text.AsSpan().TrimEnd('\n').Count('\n') + 1;

    public bool IsCSharp => Path.EndsWith(".cs", StringComparison.Ordinal);

    public bool IsRazor => Path.EndsWith(".razor", StringComparison.Ordinal);

    public bool IsGenerated => Path.Contains("/Migrations/", StringComparison.Ordinal);

    public SyntaxNode Root => CSharpSyntaxTree.ParseText(Text).GetRoot();
}

/// <summary>The files of the repository.</summary>
internal static class SourceTree
{
    public static readonly string Home = FindHome();
    private static readonly Lazy<IReadOnlyList<SourceFile>> AllProduction = new(() => Read("src"));
    private static readonly Lazy<IReadOnlyList<SourceFile>> AllTests = new(() => Read("tests"));

    /// <summary>C# and Razor files below <c>src</c>.</summary>
    public static IReadOnlyList<SourceFile> Production => AllProduction.Value;

    public static IReadOnlyList<SourceFile> Tests => AllTests.Value;

    public static string TextOf(string path) => File.ReadAllText(Path.Combine(Home, path));

    private static IReadOnlyList<SourceFile> Read(string folder) =>
        [
            .. Directory.EnumerateFiles(Path.Combine(Home, folder), "*", SearchOption.AllDirectories)
                .Select(file => Path.GetRelativePath(Home, file).Replace('\\', '/'))
                .Where(file => file.EndsWith(".cs", StringComparison.Ordinal) || file.EndsWith(".razor", StringComparison.Ordinal))
                .Where(file => !file.Split('/').Any(part => part is "bin" or "obj" or "node_modules"))
                .Select(file => new SourceFile(file, TextOf(file).ReplaceLineEndings("\n"))),
        ];

    private static string FindHome()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Annotator.sln")))
            folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException($"No Annotator.sln above {AppContext.BaseDirectory}.");
    }
}
