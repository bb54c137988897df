using System.Text.RegularExpressions;
using Annotator.Tests.Architecture;
using MudBlazor;
using MudBlazor.Utilities;

namespace Annotator.Tests.Web;

/// <summary>MudBlazor mixes shades from colours that it is given as numbers; they are those of the style sheet.</summary>
public sealed partial class PaletteTests
{
    private static readonly string Css = SourceTree.TextOf("src/Annotator.Web/wwwroot/app.css");

    public static TheoryData<bool, string, string> Colours
    {
        get
        {
            var colours = new TheoryData<bool, string, string>();
            foreach (var (isDark, palette) in new (bool, MudBlazor.Palette)[]
            {
                (false, Annotator.Web.Manage.Palette.Light.PaletteLight), (true, Annotator.Web.Manage.Palette.Dark.PaletteDark),
            })
            {
                foreach (var (variable, colour) in new (string, MudColor)[]
                {
                    ("ink", palette.TextPrimary), ("ink-soft", palette.TextSecondary), ("ink-faint", palette.TextDisabled),
                    (
                        "paper", palette.Background), (
                            "paper-dim", palette.BackgroundGray), ("card", palette.Surface), ("bar", palette.AppbarBackground),
                    ("line", palette.LinesDefault), ("line-strong", palette.LinesInputs),
                    (
                        "accent", palette.Primary), (
                            "on-accent", palette.PrimaryContrastText), ("error", palette.Error), ("success", palette.Success),
                })
                {
                    colours.Add(isDark, variable, colour.ToString(MudColorOutputFormats.Hex));
                }
            }

            return colours;
        }
    }

    [Theory]
    [MemberData(nameof(Colours))]
    public void The_managing_pages_have_the_colours_of_the_others(bool isDark, string variable, string colour) =>
        Assert.Equal(colour, InSheet(isDark, variable), ignoreCase: true);

    // The first block of the sheet is the light one.
    private static string InSheet(bool isDark, string variable)
    {
        var block = Css[(isDark ? Css.IndexOf(":root[data-theme=\"dark\"] {", StringComparison.Ordinal) : 0)..];
        return Colour().Matches(block)
            .First(m => string.Equals(m.Groups["name"].Value, variable, StringComparison.Ordinal)).Groups["hex"].Value;
    }

    [GeneratedRegex("--(?<name>[a-z-]+): (?<hex>#[0-9a-f]{6});", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Colour();
}
