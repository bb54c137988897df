using System.Globalization;
using System.Net;
using System.Text;
using Annotator.Domain.Sources;

namespace Annotator.Domain.Reading;

/// <summary>A stretch of a text that is to be marked, in Unicode code points.</summary>
/// <param name="Passage">Public id.</param>
/// <param name="Kind">Class of the element, besides <c>mark</c>.</param>
public sealed record Mark(int Start, int End, string Passage, string Kind = "", bool IsMine = false)
{
    /// <summary>Stands where the words are not as they were quoted.</summary>
    public const string Moved = "moved";

    /// <summary>Is being commented.</summary>
    public const string Pending = "pending";

    /// <summary>Of its passage, shown on paper where the mark ends; 0 for none.</summary>
    public int Number { get; init; }
}

/// <summary>A heading of a text.</summary>
/// <param name="Id">Of its element in <see cref="MarkedText.Html"/>.</param>
/// <param name="Level">1 to 6.</param>
public sealed record Heading(string Id, int Level, string Title);

/// <summary>
/// The markup of a snapshot with its passages in <c>mark</c> elements. A mark never crosses a tag: it ends before and begins again
/// behind. Where marks overlap, a piece names all of its passages, the smallest first. Behind the end of a mark stands an empty element
/// with the number of its passage (class <c>note</c>).
/// </summary>
public sealed record MarkedText(string Html, IReadOnlyList<Heading> Outline)
{
    /// <param name="html">
    /// As <see cref="Snapshot.Html"/>: tags without <c>&gt;</c> in their attributes, of entities only amp, lt and gt.
    /// </param>
    public static MarkedText Of(string html, IEnumerable<Mark> marks) =>
        new Writer(html, [.. marks.Where(m => m.Start < m.End).OrderBy(m => m.Start)]).Written();

    private sealed class Writer(string html, List<Mark> marks)
    {
        private readonly StringBuilder _out = new(html.Length + 200 * marks.Count);
        private readonly List<Heading> _outline = [];
        private readonly HashSet<string> _begun = new(StringComparer.Ordinal);
        private readonly List<Mark> _here = [];
        private int _next;
        private int _position;
        private int _readings;
        private int? _headingFrom;
        private bool _isOpen;

        /// <summary>Runs through the markup once; to be called once.</summary>
        public MarkedText Written()
        {
            for (var at = 0; at < html.Length;)
            {
                var tag = html.IndexOf('<', at);
                if (tag < 0)
                    tag = html.Length;
                Text(html.AsSpan(at, tag - at));
                if (tag == html.Length)
                    break;
                var end = html.IndexOf('>', tag) + 1;
                if (end == 0)
                    end = html.Length;
                Tag(html.AsSpan(tag, end - tag));
                at = end;
            }

            return new MarkedText(_out.ToString(), _outline);
        }

        private void Tag(ReadOnlySpan<char> tag)
        {
            Close();
            if (tag is "<rt>" or "<rp>")
                _readings++;
            else if (tag is "</rt>" or "</rp>")
                _readings--;
            var isHeading = tag.Length > 3 && tag[^1] == '>' && HeadingLevel(tag) > 0;
            if (isHeading && tag[1] == 'h')
            {
                var id = string.Create(CultureInfo.InvariantCulture, $"h-{_outline.Count + 1}");
                _outline.Add(new Heading(id, HeadingLevel(tag), ""));
                _out.Append(tag[..3]).Append(" id=\"").Append(id).Append('"').Append(tag[3..]);
                _headingFrom = _out.Length;
                return;
            }

            if (isHeading && _headingFrom is { } from)
            {
                _outline[^1] = _outline[^1] with { Title = Plain(_out.ToString(from, _out.Length - from)) };
                _headingFrom = null;
            }

            _out.Append(tag);
        }

        private void Text(ReadOnlySpan<char> text)
        {
            if (_readings > 0)
            {
                _out.Append(text);
                return;
            }

            // Between blocks stand line feeds, where a mark may not.
            var isBetween = text.Contains('\n') && text.IsWhiteSpace();
            for (var i = 0; i < text.Length;)
            {
                Arrive(isBetween);
                var until = NextChange();
                var from = i;
                for (; i < text.Length && _position < until; _position++)
                    i += Length(text[i..]);
                _out.Append(text[from..i]);
            }
        }

        // At a position: marks that end here go, those that begin come.
        private void Arrive(bool isBetween)
        {
            if (_here.Exists(m => m.End <= _position) || (_next < marks.Count && marks[_next].Start <= _position))
                Close();
            _here.RemoveAll(m => m.End <= _position);
            for (; _next < marks.Count && marks[_next].Start <= _position; _next++)
                _here.Add(marks[_next]);
            if (_here.Count > 0 && !_isOpen && !isBetween)
                Open();
        }

        private int NextChange() =>
            Math.Min(_next < marks.Count ? marks[_next].Start : int.MaxValue, _here.Count > 0 ? _here.Min(m => m.End) : int.MaxValue);

        private void Open()
        {
            var passages = _here.OrderBy(m => m.End - m.Start).Select(m => m.Passage).ToList();
            _out.Append("<mark class=\"mark");
            foreach (var kind in _here.Select(m => m.Kind).Where(k => k.Length > 0).Distinct(StringComparer.Ordinal))
                _out.Append(' ').Append(kind);
            _out.Append("\" data-passages=\"")
                .AppendJoin(' ', passages)
                .Append("\" aria-details=\"")
                .AppendJoin(' ', passages.Select(p => "p-" + p))
                .Append('"');
            // Of several that begin in one piece, the smallest lends it its name; the others are told by their list.
            var begin = passages.FindAll(_begun.Add);
            if (begin.Count > 0)
                _out.Append(" id=\"m-").Append(begin[0]).Append("\" tabindex=\"0\"");
            if (_here.Exists(m => m.IsMine))
                _out.Append(" data-mine");
            _out.Append('>');
            _isOpen = true;
        }

        private void Close()
        {
            if (!_isOpen)
                return;
            _out.Append("</mark>");
            foreach (var ended in _here.Where(m => m.End <= _position && m.Number > 0))
                _out.Append(CultureInfo.InvariantCulture, $"<span class=\"note\" data-note=\"{ended.Number}\"></span>");
            _isOpen = false;
        }

        private static int HeadingLevel(ReadOnlySpan<char> tag)
        {
            var name = tag[1] == '/' ? tag[2..] : tag[1..];
            return name is ['h', >= '1' and <= '6', '>' or ' ', ..] ? name[1] - '0' : 0;
        }

        private static int Length(ReadOnlySpan<char> text)
        {
            if (text[0] == '&')
                return text.IndexOf(';') + 1;
            return text.Length > 1 && char.IsSurrogatePair(text[0], text[1]) ? 2 : 1;
        }

        private static string Plain(string markup)
        {
            var plain = new StringBuilder();
            for (var i = 0; i < markup.Length; i++)
            {
                if (markup[i] == '<')
                    i = markup.IndexOf('>', i);
                else
                    plain.Append(markup[i]);
            }

            return WebUtility.HtmlDecode(plain.ToString()).Trim();
        }
    }
}
