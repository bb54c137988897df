using Annotator.Domain.Analysis;
using Annotator.Tests.Support;
using Npgsql;
using Xunit;

namespace Annotator.Tests.Domain.Analysis;

/// <summary>What finds a text and what does not, asked of PostgreSQL as the search does.</summary>
public sealed class GoldenTests(SharedStore shared) : IClassFixture<SharedStore>
{
    // Language, text, queries that find it, queries that do not; those are parted by a bar.
    // A query in quotation marks is a phrase, one that ends with a star the beginning of a word.
    public static TheoryData<string, string, string, string> Latin => new()
    {
        { "en", "She runs a small café near the libraries.", "running|run|cafe|CAFÉ|library|\"small cafe\"|libr*", "rum|runt|\"cafe small\"|\"library\"" },
        { "en", "The configured scheduler encrypts files.", "configure|configuring|schedulers|encrypted|encrypt|file", "encryption key|schedule a" },
        { "de", "Die Einstellung der Straßenlaternen überrascht größere Häuser.", "Einstellungen|Strassenlaterne|STRASSENLATERNEN|grosser|großer|haus|Häusern|ueberrascht|uberrascht", "stellung|Laterne" },
        { "fr", "L’utilisateur a évalué l’œuvre à Noël.", "utilisateurs|evalue|évaluer|oeuvre|ŒUVRES|noel|\"a évalué\"", "utile|\"évalué œuvre\"" },
        { "es", "La configuración del año pasado ayudó a la educación.", "configuraciones|configuracion|ano|año|AÑO|educacion|ayudar", "confianza|educado mucho" },
        { "es", "La configuracion quedo lista.", "configuraciones|configuración|listas", "figura" },
        { "pt", "As configurações não são difíceis para o coração.", "configuração|configuracao|configuracoes|nao|DIFICEIS|coracao", "figura" },
        { "it", "Le città più belle hanno biblioteche silenziose.", "citta|città|bella|biblioteca|silenzioso", "teca" },
        { "ca", "Les biblioteques són obertes cada dia.", "oberta|obertes|biblioteques|son", "oberturisme" },
        { "ro", "Cărțile vechi stau în bibliotecă.", "cartile|cărţile|biblioteca|vechi", "carton" },
        { "nl", "De boeken liggen op de tafels.", "boek|boeken|tafel", "boeket" },
        { "sv", "Flickorna läste böckerna på ön.", "flicka|bockerna|läste|on", "flick ljus" },
        { "da", "Børnene læser bøgerne i huset.", "bornene|laeser|huse|hus", "husmand" },
        { "nb", "Barna leste bøkene i husene.", "bokene|huset|hus", "husky" },
        { "fi", "Kirjastoissa luetaan vanhoja kirjoja.", "kirjastossa|kirjasto|vanhoja|kirja", "kirves" },
        { "hu", "A könyvtárakban régi könyvek vannak.", "konyvtarakban|könyvtár|könyv|regi", "kony" },
        { "tr", "Kitapları ışıklı odalarda okuduk, İzmir’de.", "kitap|kitaplar|isikli|ışıklı|izmir|oda", "kita" },
        { "cs", "Staré knihy leží v městských knihovnách.", "stare|kniha|knihy|knihovnach|knihovna", "knir" },
        { "ga", "Tá na leabhair ar an mbord.", "leabhair|ta|TÁ|mbord", "leabhar" },
        { "eu", "Liburutegiak liburu zaharrez beteta daude.", "LIBURUTEGIAK|liburu|zaharrez", "liburutegi" },
        { "is", "Þunglyndi og æðruleysi í Reykjavík.", "thunglyndi|aedruleysi|ÆÐRULEYSI|reykjavik|Þung*", "lyndi" },
        { "pl", "Łódź płynie przez źródła żółtej rzeki.", "lodz|ŁÓDŹ|zrodla|zoltej|plynie", "lod" },
        { "vi", "Thư viện mở cửa đến tối.", "thu vien|thư viện|\"mo cua\"|den|đến", "\"cua mo\"|vi" },
        { "und", "Running without a language.", "running|Running|language", "run|languages" },
    };

    public static TheoryData<string, string, string, string> OtherAlphabets => new()
    {
        { "el", "Τα βιβλία του Έλληνα συγγραφέα, λόγος και μύθος.", "βιβλια|ΒΙΒΛΊΑ|λογοσ|ΛΌΓΟΣ|μυθος|βιβλίο", "βιβ" },
        { "ru", "Ёлка стояла возле файла, его йоги не видели.", "елка|ёлки|файлов|файлы|ФАЙЛ|стоял|йоги", "иоги|фай" },
        { "uk", "Їжак приніс ґрунт у бібліотеку.", "їжак|ЇЖАК|бібліотеку|бібл*", "бібліо" },
        { "bg", "Книгите са в старите библиотеки.", "книга|книги|старите|библиотеки", "кни" },
        { "hy", "Գրքերը դարակների վրա են։", "գրքերը|ԳՐՔԵՐԸ|դարակ|դարակների", "գր" },
        { "ka", "ძველი წიგნები თაროზეა.", "წიგნები|წიგნ*|\"ძველი წიგნები\"", "წიგნ" },
        { "am", "መጽሐፉ በጠረጴዛ ላይ ነው።", "መጽሐፉ|ላይ|\"ላይ ነው\"", "መጽ" },
        { "ar", "قَرَأَ الطالبُ ملفًا مُهِمًّا في المكتبة إلى المساء ٢٠٢٤.", "قرا|قرأ|مهما|المكتبه|الي|2024|٢٠٢٤", "مكت|202" },
        { "fa", "کتاب‌های فارسی را می‌خوانم، سال ۱۴۰۳.", "كتابهاي|کتابهای|فارسى|1403|می‌خوانم", "کت" },
        { "ur", "یہ ایک اچھی کتاب ہے۔", "كتاب|يه|اچھي|ایک", "کتا" },
        { "he", "שָׁלוֹם לקובץ הגדול בַּסִּפְרִיָּה.", "שלום|לקובץ|הגדול|בספריה", "קובץ|שלו" },
        { "yi", "די ביכער שטייען אויפֿן טיש.", "ביכער|אויפן|טיש", "ביך" },
        { "hi", "पुराने पाठों की किताबें यहाँ हैं, वर्ष २०२४।", "पाठ|पाठों|किताब|2024|२०२४", "पा" },
        { "mr", "ही जुनी पुस्तके आहेत.", "पुस्तके|जुनी", "पुस्तक" },
        { "bn", "পুরনো বইগুলো ১২ নম্বর তাকে।", "বইগুলো|12|১২|তাকে", "বই" },
        { "ta", "பழைய நூல்கள் இங்கே உள்ளன.", "நூல்கள்|நூல்*|\"பழைய நூல்கள்\"", "நூல்" },
        { "te", "పాత పుస్తకాలు ఇక్కడ.", "పుస్తకాలు|పాత", "పుస్త" },
    };

    public static TheoryData<string, string, string, string> WithoutSpaces => new()
    {
        { "th", "เปิดไฟล์รหัสผ่านในหน้าแรก พ.ศ. ๒๕๖๗", "ไฟล์|รหัสผ่าน|หน้า|2567|๒๕๖๗|เปิดไฟล์", "ไฟผ่าน|หน้าไฟล์" },
        { "lo", "ປຶ້ມເກົ່າຢູ່ໃນຫໍສະໝຸດ", "ປຶ້ມ|ຫໍສະໝຸດ|ເກົ່າ", "ໝຸດຫໍ" },
        { "km", "សៀវភៅចាស់នៅក្នុងបណ្ណាល័យ", "សៀវភៅ|បណ្ណាល័យ|ចាស់", "ភៅសៀវ" },
        { "my", "စာအုပ်ဟောင်းများ စာကြည့်တိုက်မှာ ရှိသည်", "စာအုပ်|စာကြည့်တိုက်|ဟောင်း", "အုပ်စာအုပ်" },
        { "zh-Hans", "新的数据库在长时间运行之后变慢，见《红楼梦》。", "数据库|數據庫在|數據庫|時間|时|紅樓夢|运行之后", "据数|数库|库数据" },
        { "zh-Hant", "圖書館裡的電腦軟體與後門。", "图书馆|圖書館|电脑|軟體|软体|后门|裡|里", "館圖|脑电" },
        { "zh-Hans", "用 METR时间地平线 测试 running models。", "METR 时间地平线|metr时间|run|model|时间地平线", "METR 地平线|ran" },
        { "ja", "環境変数のファイルをサーバーで開く（２０２４年）。", "環境変数|ファイル|ﾌｧｲﾙ|サーバー|ｻｰﾊﾞｰ|2024|2024年|开", "サーバ時|変環|ハイル" },
        { "ja", "サーバとバーチャルの話", "サーバ|バーチャル", "サーバー" },
        { "ko", "오래된 책들이 도서관에 있다 models", "도서관|책|책들|model|오래된", "관도|도관" },
    };

    public static TheoryData<string, string, string, string> SignsAndHyphens => new()
    {
        { "en", "Pairs: C++, C#, .NET, std::vector, snake_case, v1.2.3, kube-apiserver and GPT-5.2-Codex.", "C++|c#|C|.NET|net|std::vector|vector|snake_case|snake|case|v1.2.3|v1|kube-apiserver|kubeapiserver|apiserver|GPT-5.2-Codex|gpt-5.2|codex|ＧＰＴ－５．２", "C+++D|v1.3|GPT-5.3|gpt5|vector::std|F#|D++" },
        { "en", "A large propor-\ntion of the read- ings hy\u2010\r\nphenated and cooper\u00ad\nated.", "proportion|proportions|reading|hyphenated|hyphenate|cooperated|proport*|propor|tion", "largepropor|tionof" },
        { "de", "Die Silben\u00adtrennung trennt Ein-\nstellungen.", "Silbentrennung|Einstellung", "trennung" },
    };

    [Theory]
    [MemberData(nameof(Latin))]
    [MemberData(nameof(OtherAlphabets))]
    [MemberData(nameof(WithoutSpaces))]
    [MemberData(nameof(SignsAndHyphens))]
    public async Task A_text_is_found_by_what_means_the_same_and_nothing_else(string language, string text, string finds, string misses)
    {
        var indexed = Analyzer.Index([new IndexedField(text, language)]);
        await using var connection = new NpgsqlConnection(shared.Store.ConnectionString);
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        foreach (var query in finds.Split('|'))
        {
            Assert.True(await FindsAsync(connection, indexed, Parsed(query)), $"{query} finds it");
            Assert.True(Analyzer.Find(text, Parsed(query), language).Count > 0, $"{query} is marked");
        }

        foreach (var query in misses.Split('|'))
        {
            Assert.False(await FindsAsync(connection, indexed, Parsed(query)), $"{query} does not find it");
            Assert.True(Analyzer.Find(text, Parsed(query), language).Count == 0, $"{query} is not marked");
        }
    }

    private static QueryTerm Parsed(string query) => query switch
    {
        ['"', .. var phrase, '"'] => Analyzer.Query(phrase),
        [.. var beginning, '*'] => Analyzer.Query(beginning, prefix: true),
        _ => Analyzer.Query(query, stems: true),
    };

    private static async Task<bool> FindsAsync(NpgsqlConnection connection, AnalyzedText indexed, QueryTerm term)
    {
        await using var command = new NpgsqlCommand("SELECT $1::tsvector @@ $2::tsquery AND ($4 IS NULL OR $3 LIKE $4)", connection)
        {
            Parameters =
            {
                new() { Value = string.Join(' ', indexed.Lexemes.Select(QueryTerm.Quoted)) },
                new() { Value = term.Lexical },
                new() { Value = indexed.Words },
                new() { Value = (object?)term.Pattern ?? DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Text },
            },
        };
        return (bool)(await command.ExecuteScalarAsync(TestContext.Current.CancellationToken))!;
    }
}
