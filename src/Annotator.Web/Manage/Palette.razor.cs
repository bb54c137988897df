using MudBlazor;

namespace Annotator.Web.Manage;

/// <summary>The colours of app.css for MudBlazor, which mixes shades of its own from them and cannot read variables.</summary>
public sealed partial class Palette
{
    private static readonly string[] Fonts = ["system-ui", "-apple-system", "Segoe UI", "Noto Sans", "sans-serif"];

    private static readonly PaletteLight LightPalette = new()
    {
        Primary = "#1d5c63",
        PrimaryContrastText = "#ffffff",
        Secondary = "#8a4b14",
        Background = "#faf8f4",
        BackgroundGray = "#f1eee7",
        Surface = "#ffffff",
        AppbarBackground = "#ffffff",
        AppbarText = "#1b1b1b",
        TextPrimary = "#1b1b1b",
        TextSecondary = "#55524c",
        TextDisabled = "#6f6b64",
        ActionDefault = "#55524c",
        Divider = "#ddd8cd",
        LinesDefault = "#ddd8cd",
        LinesInputs = "#8b867c",
        Error = "#a8231b",
        Success = "#2e6b34",
        Warning = "#8a5a00",
        Info = "#15588f",
    };

    private static readonly PaletteDark DarkPalette = new()
    {
        Primary = "#7cc7cf",
        PrimaryContrastText = "#0d2023",
        Secondary = "#e3ab78",
        Background = "#121212",
        BackgroundGray = "#1b1b1b",
        Surface = "#1e1e1e",
        AppbarBackground = "#1a1a1a",
        AppbarText = "#e6e6e6",
        TextPrimary = "#e6e6e6",
        TextSecondary = "#b3afa8",
        TextDisabled = "#96928b",
        ActionDefault = "#b3afa8",
        Divider = "#3a3a3a",
        LinesDefault = "#3a3a3a",
        LinesInputs = "#77736c",
        Error = "#ff9b93",
        Success = "#8fd096",
        Warning = "#e6c070",
        Info = "#8fc3ef",
    };

    internal static readonly MudTheme Light = Theme(":root");
    internal static readonly MudTheme Dark = Theme(":root[data-theme=\"dark\"]");

    private static MudTheme Theme(string scope) =>
        new()
        {
            PseudoCss = new PseudoCss { Scope = scope },
            Typography = new Typography
            {
                Default = new DefaultTypography { FontFamily = Fonts, FontSize = "1rem", LineHeight = "1.6", LetterSpacing = "normal" },
                // Spaced and capital letters are Latin typography: Arabic falls apart in the one and has none of the other.
                Body1 = new Body1Typography { LetterSpacing = "normal" },
                Body2 = new Body2Typography { LetterSpacing = "normal" },
                Subtitle1 = new Subtitle1Typography { LetterSpacing = "normal" },
                Caption = new CaptionTypography { LetterSpacing = "normal" },
                Button = new ButtonTypography { FontSize = "1rem", LetterSpacing = "normal", TextTransform = "none" },
            },
            PaletteLight = LightPalette,
            PaletteDark = DarkPalette,
        };
}
