using System.IO.Compression;
using System.Xml;
using System.Xml.Linq;
using Annotator.Domain.Kernel;

namespace Annotator.Domain.Sources.Texts;

/// <summary>Books: the chapters of an EPUB in the order of its spine (EPUB 2 and 3).</summary>
internal static class EpubReader
{
    private static readonly XNamespace Container = "urn:oasis:names:tc:opendocument:xmlns:container";
    private static readonly XNamespace Package = "http://www.idpf.org/2007/opf";
    private static readonly XNamespace DublinCore = "http://purl.org/dc/elements/1.1/";

    // Neither entities nor a document type from elsewhere.
    private static readonly XmlReaderSettings Xml = new()
    {
        DtdProcessing = DtdProcessing.Ignore, XmlResolver = null, MaxCharactersInDocument = 20_000_000,
    };

    /// <exception cref="Invalid">The book is broken, encrypted, or unpacks to more than it may.</exception>
    public static ExtractedText Read(byte[] file)
    {
        try
        {
            using var archive = new ZipArchive(new MemoryStream(file, writable: false));
            return Read(new Unpacking(archive));
        }
        catch (Exception e) when (e is InvalidDataException or XmlException or IOException or NotSupportedException or ArgumentException)
        {
            throw new Invalid("file", "unreadable");
        }
    }

    private static ExtractedText Read(Unpacking book)
    {
        if (book.Has("META-INF/encryption.xml")
            && Parse(book.Text("META-INF/encryption.xml")).Descendants().Any(e => e.Name.LocalName is "EncryptedData" && !IsFont(e)))
        {
            throw new Invalid("file", "encrypted");
        }
        var path = Parse(book.Text("META-INF/container.xml")).Descendants(Container + "rootfile")
            .FirstOrDefault()?.Attribute("full-path")?.Value
            ?? throw new InvalidDataException("No package is named.");
        var package = Parse(book.Text(path));
        var files = package.Descendants(Package + "item").Where(i => i.Attribute("id") is not null)
            .GroupBy(i => i.Attribute("id")!.Value, i => i.Attribute("href")?.Value ?? "", StringComparer.Ordinal)
            .ToDictionary(g => g.Key, g => g.First(), StringComparer.Ordinal);
        var writer = new SnapshotWriter();
        foreach (var chapter in package.Descendants(Package + "itemref"))
        {
            if (chapter.Attribute("linear")?.Value is "no")
            {
                writer.LeftOut.Add("chapter", "not_in_reading_order");
            }
            else if (chapter.Attribute("idref") is { } id && files.TryGetValue(id.Value, out var href) && book.Has(Resolved(path, href)))
            {
                writer.Open("section");
                HtmlReader.Append(book.Text(Resolved(path, href)), writer);
                writer.Close("section");
            }
            else
            {
                writer.LeftOut.Add("chapter", "missing");
            }
        }

        var metadata = package.Descendants(Package + "metadata").FirstOrDefault();
        return writer.Finish().Described(Said(metadata, "title"), Said(metadata, "creator"), Said(metadata, "language"));
    }

    private static string? Said(XElement? metadata, string name) => metadata?.Elements(DublinCore + name).FirstOrDefault()?.Value;

    private static bool IsFont(XElement data) =>
        data.Descendants()
            .Any(e => e.Attribute("URI")?.Value is { } uri
                && (uri.EndsWith(".otf", StringComparison.OrdinalIgnoreCase)
                    || uri.EndsWith(".ttf", StringComparison.OrdinalIgnoreCase)
                    || uri.Contains("woff", StringComparison.OrdinalIgnoreCase)));

    private static XDocument Parse(string xml)
    {
        using var reader = XmlReader.Create(new StringReader(xml), Xml);
        return XDocument.Load(reader);
    }

    // A path beside the package, as addresses are written.
    private static string Resolved(string package, string href)
    {
        var parts = new List<string>(package.Split('/').SkipLast(1));
        foreach (var part in Uri.UnescapeDataString(href.Split('#')[0]).Split('/'))
        {
            if (part is ".." && parts.Count > 0)
                parts.RemoveAt(parts.Count - 1);
            else if (part is not ("." or ".."))
                parts.Add(part);
        }

        return string.Join('/', parts);
    }

    /// <summary>Unpacks what is asked for, counting what really comes out: an archive may lie about sizes.</summary>
    private sealed class Unpacking
    {
        private const int MostEntries = 5_000;
        private const int MostMegabytes = 100;
        private const int MostRatio = 200;

        // Short texts of one letter are packed better than that, and harm nobody.
        private const int RatioCountsFrom = Limits.Megabyte;

        private readonly Dictionary<string, ZipArchiveEntry> _entries;
        private long _unpacked;

        /// <exception cref="Invalid"><c>too_many_entries</c>.</exception>
        public Unpacking(ZipArchive archive)
        {
            if (archive.Entries.Count > MostEntries)
                throw new Invalid("file", "too_many_entries", MostEntries);
            _entries = archive.Entries.GroupBy(e => e.FullName, StringComparer.Ordinal)
                .ToDictionary(g => g.Key, g => g.First(), StringComparer.Ordinal);
        }

        /// <summary>Whether there is an entry with this path.</summary>
        public bool Has(string path) => _entries.ContainsKey(path);

        /// <summary>The text of an entry.</summary>
        /// <exception cref="InvalidDataException">There is no such entry.</exception>
        /// <exception cref="Invalid">
        /// <c>unpacks_to_too_much</c>: the archive so far, or this entry measured against its packed size.
        /// </exception>
        public string Text(string path)
        {
            var entry = _entries.GetValueOrDefault(path) ?? throw new InvalidDataException("An entry is missing.");
            using var packed = entry.Open();
            using var unpacked = new MemoryStream();
            var buffer = new byte[64 * 1024];
            for (int read; (read = packed.Read(buffer)) > 0;)
            {
                unpacked.Write(buffer, 0, read);
                _unpacked += read;
                if (_unpacked > (long)MostMegabytes * Limits.Megabyte)
                    throw new Invalid("file", "unpacks_to_too_much", MostMegabytes);
                if (unpacked.Length > RatioCountsFrom && unpacked.Length > MostRatio * Math.Max(1, entry.CompressedLength))
                    throw new Invalid("file", "unpacks_to_too_much", MostMegabytes);
            }

            return Encodings.Text(unpacked.ToArray(), null);
        }
    }
}
