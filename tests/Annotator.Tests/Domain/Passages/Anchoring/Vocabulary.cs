using System.Text;

namespace Annotator.Tests.Domain.Passages.Anchoring;

/// <summary>Sentences put together from the words of a language, with its punctuation, now and then an emoji.</summary>
internal sealed record Vocabulary(string Language, string Space, string Stop, string Comma, string Words)
{
    private static readonly string[] Emoji = ["👩🏽‍🚀", "🇯🇵", "❤️", "😀", "𠮷", "👨‍👩‍👧"];

    public static Vocabulary[] All { get; } =
    [
        new("English", " ", ".", ",", """
            the a of and in to we they nobody river mountain window letter reader margin century grammar proportion remembers writes considers
            forgets between against without careful ancient curious well-known unfinished naïve café résumé “perhaps” it’s argument evidence
            translation memory winter harbour garden question answers slowly together beneath although because once never translator's shadow
            distance carries returns first-hand twenty-one library catalogue stone paper silence music difference attention history
            """),
        new("Chinese", "", "。", "，", """
            我们 他们 昨天 今天 图书馆 河流 山脉 窗户 信件 读者 页边 世纪 语法 比例 记得 书写 考虑 忘记 之间 反对 没有 小心 古老 好奇 著名 未完成 也许 论证 证据 翻译
            记忆 冬天 港口 花园 问题 回答 慢慢 一起 下面 虽然 因为 曾经 从不 影子 距离 带来 返回 第一手 目录 石头 纸张 沉默 音乐 差异 注意 历史 的 了 在 和 是 《诗集》 “如此” 繁體字 學習
            """),
        new("Japanese", "", "。", "、", """
            わたしたち は が を に で と の 図書館 川 山 窓辺 手紙 読者 余白 世紀 文法 比率 覚えている 書きとめる 考える 忘れた あいだ 反対 なしに 注意ぶかく 古い 好奇心 有名な
            たぶん 議論 証拠 ほんやく メモリー 冬 港 庭園 しつもん 答え ゆっくり いっしょに しかし だから かつて 決して 影 距離 はこぶ 戻る データベース カタログ 石 紙 「沈黙」 音楽 ちがい ガラス パピルス
            """),
        new("Arabic", " ", ".", "،", """
            نحن هم أمس اليوم المكتبة النهر الجبل النافذة الرسالة القارئ الهامش القرن النحو النسبة يتذكر يكتب يفكر ينسى بين ضد بدون حذر قديم فضولي مشهور
            ربما الحُجَّة الدليل الترجمة الذاكرة الشتاء الميناء الحديقة السؤال يجيب ببطء معًا تحت رغم لأن مرة أبدًا الظل المسافة يحمل يعود الفهرس
            الحجر الورق الصمت الموسيقى الفرق الانتباه التاريخ في من على كِتَابٌ «هكذا» الأدب إلى
            """),
        new("Thai", "", " ", " ", """
            เรา พวกเขา เมื่อวาน วันนี้ ห้องสมุด แม่น้ำ ภูเขา หน้าต่าง จดหมาย ผู้อ่าน ขอบกระดาษ ศตวรรษ ไวยากรณ์ สัดส่วน จำได้ เขียน พิจารณา ลืม ระหว่าง ต่อต้าน ปราศจาก ระมัดระวัง โบราณ
            อยากรู้ มีชื่อเสียง บางที ข้อโต้แย้ง หลักฐาน การแปล ความทรงจำ ฤดูหนาว ท่าเรือ สวน คำถาม ตอบ ช้าๆ ด้วยกัน ใต้ แม้ว่า เพราะ ครั้งหนึ่ง ไม่เคย เงา ระยะทาง นำมา กลับ
            บัญชีรายชื่อ หิน กระดาษ ความเงียบ ดนตรี ความแตกต่าง ความสนใจ ประวัติศาสตร์ ที่ และ ใน ของ
            """),
    ];

    public static Vocabulary Hebrew { get; } = new("Hebrew", " ", ".", ",", """
        אנחנו הם אתמול היום ספרייה נהר הר חלון מכתב קורא שוליים מאה דקדוק יחס זוכר כותב חושב שוכח בין נגד בלי זהיר עתיק סקרן ידוע אולי טענה ראיה תרגום
        זיכרון חורף נמל גן שאלה עונה לאט יחד תחת למרות כי פעם צל מרחק נושא חוזר קטלוג אבן נייר שתיקה מוסיקה הבדל תשומת היסטוריה את של על
        """);

    public static Vocabulary Of(string language) => All.First(v => v.Language.Equals(language, StringComparison.Ordinal));

    /// <summary>The paragraphs of a real text, word by word, where the words are of one; null where texts are made up.</summary>
    public IReadOnlyList<List<string>>? Real { get; private init; }

    /// <summary>The words of a text; where it has no spaces, two characters are a word.</summary>
    /// <param name="paragraphs">None empty.</param>
    public static Vocabulary OfText(string language, IReadOnlyList<string> paragraphs)
    {
        var isSpaced = paragraphs.Sum(p => p.Count(c => c == ' ')) * 20 > paragraphs.Sum(p => p.Length);
        var real = paragraphs.Select(p => isSpaced
            ? p.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(w => w + " ").ToList()
            : p.Chunk(2).Select(c => new string(c)).ToList()).ToList();
        var words = string.Join(' ', real.SelectMany(p => p).Select(w => w.Trim('.', ',', ' ', ';', '。', '，')).Distinct());
        return new Vocabulary(language, isSpaced ? " " : "", isSpaced ? "." : "。", isSpaced ? "," : "，", words) { Real = real };
    }

    private string[] List { get; } = Words.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);

    public string Word(Random random) => random.Next(40) == 0 ? Emoji[random.Next(Emoji.Length)] : List[random.Next(List.Length)];

    /// <summary>Words with the space that follows each, a few with a sign before it.</summary>
    public List<string> Paragraph(Random random, int words)
    {
        var made = new List<string>();
        for (var i = 0; i < words; i++)
        {
            var sign = random.Next(14) switch { 0 => Stop, 1 => Comma, _ => "" };
            made.Add(Word(random) + (i == words - 1 ? Stop : sign) + Space);
        }

        return made;
    }

    /// <summary>Words of about as many characters as are wanted.</summary>
    public string OfLength(Random random, int characters)
    {
        var made = new StringBuilder();
        while (made.Length < characters)
            made.Append(Word(random)).Append(Space);
        return made.ToString();
    }

    public override string ToString() => Language;
}
