namespace Annotator.Web.Components.Layout;

public sealed partial class Look
{
    // Tint and line of marked words, in light and in dark. The last one is for all that have no colour of their own.
    private static readonly (string Tint, string Line, string DarkTint, string DarkLine)[] Marks =
    [
        ("#fff0a3", "#8a6d00", "#4d4200", "#e6c84a"),
        ("#cdefc8", "#2e7d32", "#17401b", "#7ccb80"),
        ("#cfe4ff", "#1565c0", "#12375e", "#7fb8f5"),
        ("#ffd6e4", "#c2185b", "#571d36", "#f48fb1"),
        ("#e6d9ff", "#6a3fb5", "#3b2a63", "#b9a0f0"),
        ("#ffddbf", "#b45309", "#5a2f08", "#f2a65a"),
        ("#e3e5e8", "#5f6368", "#3a3d42", "#a9adb3"),
    ];

    // Sepia is a light one wherever it stands. No quotation marks: the text is encoded where it is rendered.
    private static readonly string MarkColours =
        $":root, [data-theme=sepia] {{ {Declare(m => (m.Tint, m.Line))} }} :root[data-theme=dark] {{ {Declare(m => (m.DarkTint, m.DarkLine))} }}";

    private static string Declare(Func<(string Tint, string Line, string DarkTint, string DarkLine), (string Tint, string Line)> choose) =>
        string.Join(' ', Marks.Select(choose).Select((c, i) => $"--mark-{i + 1}: {c.Tint}; --mark-line-{i + 1}: {c.Line};"));
}
