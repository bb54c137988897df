using System.Text;
using Annotator.Domain.Kernel;
using Annotator.Domain.Text;

namespace Annotator.Domain.Sources.Texts;

/// <summary>
/// Builds the HTML and the text of a snapshot. Start tags are written lazily, before the first character inside them, so that no empty
/// elements arise. Inline elements that are open at the end of a block are closed there and opened again in the next block.
/// </summary>
internal sealed class SnapshotWriter
{
    private const int MostNested = 64;
    private const int MostInlines = 16;

    // Markup is at most this many times as long as its text may be.
    private const int MostMarkup = 4;
    private const int MostBreaks = 2;

    private readonly StringBuilder _html = new();
    private readonly StringBuilder _text = new();
    private readonly List<SnapshotBlock> _blocks = [];
    private readonly List<SnapshotInline> _inlines = [];
    private bool _inOwnParagraph;
    private bool _isLineOpen;
    private bool _endsLine;
    private bool _endedInCell;
    private bool _blank;
    private int _breaks;
    private int _notes;
    private bool _isUnready = true;

    public Omissions LeftOut { get; } = new();

    /// <param name="name">An element of a snapshot, or any other name for a line of its own.</param>
    /// <param name="attributes">As <see cref="SnapshotAttributes"/> writes them.</param>
    public void Open(string name, string attributes = "")
    {
        _isUnready = true;
        if (SnapshotTags.IsInline(name))
        {
            OpenInline(name, attributes);
            return;
        }

        EndLine();
        var depth = _blocks.Count == 0 ? 0 : _blocks[^1].Depth;
        var placed = depth < (SnapshotTags.IsGrid(name) ? MostNested - 4 : MostNested) ? SnapshotTags.Placed(name, Parent) : null;
        _blocks.Add(new SnapshotBlock(placed, attributes, placed ?? Parent, placed is null ? depth : depth + 1));
    }

    /// <summary>Ends the element that was opened last under this name; readers call Open and Close in pairs.</summary>
    public void Close(string name)
    {
        _isUnready = true;
        if (SnapshotTags.IsInline(name))
        {
            CloseInline();
            return;
        }

        EndLine();
        var block = _blocks[^1];
        _blocks.RemoveAt(_blocks.Count - 1);
        if (SnapshotTags.IsCell(block.Name) && !block.IsWritten)
            _blocks.FindLast(b => b.Name is not null)!.SkippedCells++;
        WriteSkippedCells(block);
        if (block.IsWritten)
            Tag($"</{block.Name}>");
    }

    /// <summary>Adds text; directly inside of a table or row it is left out. Outside of <c>pre</c>, white space is collapsed.</summary>
    public void Text(ReadOnlySpan<char> text)
    {
        if (SnapshotTags.IsGrid(Parent))
            return;
        var keepsWhite = Parent is "pre";
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (char.IsHighSurrogate(c) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
            {
                Put(c);
                Put(text[++i]);
            }
            else if (c is ' ' or '\t' or '\n' or '\r' or '\f')
            {
                White(c, keepsWhite, i + 1 < text.Length && text[i + 1] == '\n');
            }
            else if (!(char.IsControl(c) || char.IsSurrogate(c) || c == '\u00ad'))
            {
                Put(c);
            }
        }
    }

    /// <summary>Begins a new line within the block; a space inside of a ruby annotation.</summary>
    public void Break()
    {
        _isUnready = true;
        if (_notes > 0)
            _blank = true;
        else
            _breaks = Math.Min(_breaks + 1, Parent is "pre" ? int.MaxValue : MostBreaks);
    }

    /// <summary>Adds a thematic break (<c>hr</c>) between blocks; none before the first text or where none may stand.</summary>
    public void Rule()
    {
        EndLine();
        if (_text.Length == 0 || !SnapshotTags.HoldsRule(Parent))
            return;
        OpenBlocks();
        Tag("<hr>");
    }

    /// <summary>Ends everything that is still open.</summary>
    public ExtractedText Finish()
    {
        EndLine();
        while (_blocks.Count > 0)
            Close(_blocks[^1].Name ?? "div");
        if (_endsLine)
            LineFeed();
        return new ExtractedText(_html.ToString(), _text.ToString()) { LeftOut = LeftOut.ToList() };
    }

    private string? Parent => _blocks.Count == 0 ? null : _blocks[^1].Context;

    private void OpenInline(string name, string attributes)
    {
        var isNote = name is "rt" or "rp";
        var isWanted = _inlines.Count(i => i.Name is not null) < MostInlines
            && !_inlines.Exists(i => i.Name is not null && (string.Equals(i.Name, name, StringComparison.Ordinal) || (isNote && i.IsNote)))
            && (!isNote || _inlines.Exists(i => i.Name is "ruby"));
        _inlines.Add(new SnapshotInline(isWanted ? name : null, attributes));
        if (isNote && isWanted)
        {
            _notes++;
            _blank = false;
        }
    }

    private void CloseInline()
    {
        var inline = _inlines[^1];
        _inlines.RemoveAt(_inlines.Count - 1);
        if (inline.IsWritten)
            Tag($"</{inline.Name}>");
        if (inline.IsNote)
        {
            _notes--;
            _blank = false;
        }
    }

    private void White(char c, bool isKept, bool isBeforeLineFeed)
    {
        if (!isKept || _notes > 0)
            _isUnready = _blank = true;
        else if (c is ' ' or '\t')
            Put(c);
        else if (c != '\r' || !isBeforeLineFeed)
            Break();
    }

    private void Put(char c)
    {
        if (_isUnready)
            Ready();
        var entity = HtmlText.EntityOf(c);
        _ = entity is null ? _html.Append(c) : _html.Append(entity);
        if (_notes == 0)
            _text.Append(c);
        Check();
    }

    private void Ready()
    {
        OpenBlocks();
        if (!SnapshotTags.HoldsText(Parent) && !_inOwnParagraph)
        {
            Tag("<p>");
            _inOwnParagraph = true;
        }

        if (_isLineOpen && _notes == 0)
            WriteSpace();
        else if (_blank && _inlines.Exists(i => i is { IsNote: true, IsWritten: true }))
            _html.Append(' ');
        foreach (var inline in _inlines.Where(i => i is { Name: not null, IsWritten: false }))
        {
            Tag($"<{inline.Name}{inline.Attributes}>");
            inline.IsWritten = true;
        }

        (_blank, _breaks, _isUnready) = (false, 0, false);
        _isLineOpen |= _notes == 0;
    }

    private void WriteSpace()
    {
        for (; _breaks > 0; _breaks--)
        {
            if (Parent is not "pre")
                Tag("<br>");
            LineFeed();
            _blank = false;
        }

        if (_blank)
            White(' ');
    }

    private void OpenBlocks()
    {
        var first = _blocks.FindIndex(b => b is { Name: not null, IsWritten: false });
        if (_endsLine && !(first > 0 && SnapshotTags.IsCell(_blocks[first].Name)))
        {
            if (first < 0 && SnapshotTags.NeedsBreaks(Parent))
                Tag("<br>");
            LineFeed();
        }

        for (var i = Math.Max(first, 0); i < _blocks.Count && first >= 0; i++)
        {
            if (_blocks[i] is not { Name: not null, IsWritten: false } block)
                continue;
            if (SnapshotTags.IsCell(block.Name))
                DivideCells(_blocks[_blocks.FindLastIndex(i - 1, b => b.Name is not null)]);
            Tag($"<{block.Name}{block.Attributes}>");
            block.IsWritten = true;
        }
    }

    private void DivideCells(SnapshotBlock row)
    {
        WriteSkippedCells(row);
        if (row.HasCells && _endsLine && !_endedInCell)
        {
            _endsLine = false;
            White('\t');
        }
        else if (_endsLine)
        {
            LineFeed();
        }

        row.HasCells = true;
        _endedInCell = false;
    }

    private void WriteSkippedCells(SnapshotBlock row)
    {
        for (; row is { IsWritten: true, SkippedCells: > 0 }; row.SkippedCells--)
        {
            Tag("<td></td>");
            row.HasCells = true;
        }
    }

    // The line feed itself comes after what else ends here, so that it stands between blocks.
    private void EndLine()
    {
        foreach (var inline in Enumerable.Reverse(_inlines).Where(i => i.IsWritten))
        {
            Tag($"</{inline.Name}>");
            inline.IsWritten = false;
        }

        if (_inOwnParagraph)
            Tag("</p>");
        _endsLine |= _isLineOpen;
        (_inOwnParagraph, _isLineOpen, _blank, _breaks, _isUnready) = (false, false, false, 0, true);
    }

    private void LineFeed()
    {
        White('\n');
        (_endsLine, _endedInCell) = (false, true);
    }

    private void White(char c)
    {
        _html.Append(c);
        _text.Append(c);
    }

    private void Tag(string tag)
    {
        _html.Append(tag);
        Check();
    }

    private void Check()
    {
        if (_text.Length > Limits.SnapshotText || _html.Length > MostMarkup * Limits.SnapshotText)
            throw new Invalid("file", "too_long", Limits.SnapshotText);
    }
}
