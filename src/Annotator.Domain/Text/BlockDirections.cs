using System.Text;
using Markdig.Extensions.Tables;
using Markdig.Renderers.Html;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace Annotator.Domain.Text;

/// <summary>
/// The direction of each paragraph, heading, list item and table cell of a comment in which some are written from right to left and
/// others from left to right. Where all go one way, the language of the comment says which.
/// </summary>
internal static class BlockDirections
{
    /// <summary>Adds the attribute <c>dir</c> to the blocks of a document.</summary>
    public static void Apply(MarkdownDocument document)
    {
        var blocks = document.Descendants<LeafBlock>().Where(b => b.Inline is not null)
            .Select(b => (Block: b, Balance: BalanceOf(b)))
            .ToList();
        if (!blocks.Exists(b => b.Balance > 0) || !blocks.Exists(b => b.Balance < 0))
            return;
        foreach (var (block, balance) in blocks.Where(b => b.Balance != 0))
            Shown(block).GetAttributes().AddPropertyIfNotExist("dir", balance > 0 ? "rtl" : "ltr");
    }

    // The paragraph in a cell or in an item of a list often has no element of its own.
    private static Block Shown(LeafBlock block) =>
        block.Parent is TableCell or ListItemBlock && block.Parent[0] == block ? block.Parent : block;

    // By most of its letters, not by the first: a sentence in Arabic may begin with a Latin name. Code and addresses do not count.
    private static int BalanceOf(LeafBlock block)
    {
        var (balance, first) = (0, 0);
        foreach (var literal in block.Inline!.Descendants<LiteralInline>().Where(l => l.Parent is not LinkInline { IsAutoLink: true }))
        {
            foreach (var rune in literal.Content.AsSpan().EnumerateRunes())
            {
                var direction = !Rune.IsLetter(rune) ? 0 : IsRightToLeft(rune.Value) ? 1 : -1;
                balance += direction;
                first = first == 0 ? direction : first;
            }
        }

        return balance == 0 ? first : balance;
    }

    // Hebrew, Arabic, Syriac, Thaana, N'Ko and what was set aside for their like.
    private static bool IsRightToLeft(int letter) =>
        letter is (>= 0x0590 and <= 0x08FF) or (>= 0xFB1D and <= 0xFDFF) or (>= 0xFE70 and <= 0xFEFF)
            or (>= 0x10800 and <= 0x10FFF) or (>= 0x1E800 and <= 0x1EFFF);
}
