using System.Buffers;
using System.Text;
using Markdig.Extensions.Tables;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace Annotator.Domain.Text;

/// <summary>Writes the words of a Markdown document without its markup.</summary>
internal sealed class PlainTextWriter
{
    // Marks that mean something anywhere, and those that do so at the beginning of a line.
    private static readonly SearchValues<char> Markup = SearchValues.Create("\\`*_[<&~|\r");
    private static readonly SearchValues<char> LineMarkup = SearchValues.Create(" \t#>-+=0123456789");

    private readonly StringBuilder _text = new();

    private bool IsAtLineStart => _text.Length == 0 || _text[^1] == '\n';

    /// <summary>Whether a text holds anything that a Markdown parser might read as markup; most short notes do not.</summary>
    public static bool MayHoldMarkup(string markdown)
    {
        if (markdown.AsSpan().ContainsAny(Markup))
            return true;

        foreach (var line in markdown.AsSpan().EnumerateLines())
        {
            if (line.Length > 0 && (LineMarkup.Contains(line[0]) || line[^1] is ' ' or '\t'))
                return true;
        }

        return false;
    }

    /// <summary>The text of the document, trimmed: a line for each line and block, table cells parted by tabs.</summary>
    public static string Write(MarkdownDocument document)
    {
        var writer = new PlainTextWriter();
        writer.Blocks(document);
        return writer._text.ToString().Trim();
    }

    private void Blocks(ContainerBlock container)
    {
        foreach (var block in container)
            Block(block);
    }

    private void Block(Block block)
    {
        switch (block)
        {
            case LinkReferenceDefinitionGroup:
                break;
            case TableRow row:
                Row(row);
                break;
            case ContainerBlock container:
                Blocks(container);
                break;
            case LeafBlock { Inline: { } inlines }:
                Inlines(inlines);
                EndLine();
                break;
            case LeafBlock leaf:
                _text.Append(leaf.Lines.ToString());
                EndLine();
                break;
        }
    }

    private void Row(TableRow row)
    {
        foreach (var cell in row.OfType<TableCell>())
        {
            Blocks(cell);
            if (_text.Length > 0 && _text[^1] == '\n')
                _text[^1] = '\t';
        }

        if (_text.Length > 0 && _text[^1] == '\t')
            _text[^1] = '\n';
    }

    private void Inlines(ContainerInline container)
    {
        foreach (var inline in container)
        {
            switch (inline)
            {
                case LiteralInline literal:
                    // The parser leaves the space after a task's check box.
                    _text.Append(IsAtLineStart ? literal.Content.AsSpan().TrimStart(' ') : literal.Content.AsSpan());
                    break;
                case CodeInline code:
                    _text.Append(code.ContentSpan);
                    break;
                case HtmlEntityInline entity:
                    _text.Append(entity.Transcoded.AsSpan());
                    break;
                case AutolinkInline link:
                    _text.Append(link.Url);
                    break;
                case LineBreakInline:
                    _text.Append('\n');
                    break;
                case ContainerInline nested:
                    Inlines(nested);
                    break;
            }
        }
    }

    private void EndLine()
    {
        if (!IsAtLineStart)
            _text.Append('\n');
    }
}
