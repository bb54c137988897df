namespace Annotator.Tests.Domain.Languages;

internal static partial class LabelledComments
{
    private const string Latin = """
        en
        I would not trust this number before somebody repeats it.
        The second table contradicts what the abstract promises.
        Compare this with the **earlier draft**, where the effect was twice as large.
        Who paid for the study? See https://example.org/grants/2024 for a hint.
        Set `max_depth` to three and the problem goes away.
        She means 时间地平线, the length of a task that a model can finish.
        My grandmother told the same story, but the fox was a crow.
        - [ ] ask Jonas whether this still holds after the move
        de
        Diese Zahl glaube ich erst, wenn sie jemand nachgerechnet hat.
        Die zweite Tabelle widerspricht dem, was vorne versprochen wird.
        Hier fehlt mir der **Vergleich** mit den Jahren davor.
        Wer hat das bezahlt? Ein Hinweis steht unter https://example.org/grants/2024
        Mit `max_depth = 3` verschwindet der Fehler bei mir.
        Das Alignment Problem wird hier mit keinem Wort erwähnt.
        Meine Oma erzählte es genauso, nur war der Fuchs ein Rabe.
        > so steht es im Protokoll, aber niemand erinnert sich daran
        fr
        Je ne croirai ce chiffre que lorsque quelqu'un l'aura vérifié.
        Le second tableau contredit ce que promet le résumé.
        Il manque ici une **comparaison** avec les années précédentes.
        Qui a payé cette étude ? Un indice : https://example.org/grants/2024
        Avec `max_depth = 3`, le problème disparaît chez moi.
        Le terme time horizon n'est expliqué nulle part dans l'article.
        Ma grand-mère racontait la même histoire, mais avec un corbeau.
        - à demander : est-ce toujours vrai depuis le déménagement ?
        es
        No me creo esta cifra hasta que alguien la vuelva a calcular.
        La segunda tabla contradice lo que se promete en el resumen.
        Aquí falta una **comparación** con los años anteriores.
        ¿Quién pagó el estudio? Hay una pista en https://example.org/grants/2024
        Con `max_depth = 3` el problema desaparece en mi equipo.
        El término time horizon no se explica en ninguna parte.
        Mi abuela contaba el mismo cuento, pero el zorro era un cuervo.
        - preguntar a Jonás si esto sigue siendo cierto después de la mudanza
        pt
        Não acredito neste número enquanto alguém não o verificar.
        A segunda tabela contradiz o que o resumo promete.
        Falta aqui uma **comparação** com os anos anteriores.
        Quem pagou o estudo? Há uma pista em https://example.org/grants/2024
        Com `max_depth = 3` o problema desaparece na minha máquina.
        O termo time horizon não é explicado em lado nenhum.
        A minha avó contava a mesma história, mas a raposa era um corvo.
        - perguntar ao Jonas se isto ainda é verdade depois da mudança
        it
        Non credo a questa cifra finché qualcuno non la ricalcola.
        La seconda tabella contraddice quello che promette il riassunto.
        Qui manca un **confronto** con gli anni precedenti.
        Chi ha pagato lo studio? Un indizio: https://example.org/grants/2024
        Con `max_depth = 3` da me il problema scompare.
        Il termine time horizon non viene spiegato da nessuna parte.
        Mia nonna raccontava la stessa storia, ma la volpe era un corvo.
        - chiedere a Giona se vale ancora dopo il trasloco
        nl
        Dit getal geloof ik pas als iemand het heeft nagerekend.
        De tweede tabel spreekt tegen wat de samenvatting belooft.
        Hier mis ik een **vergelijking** met de jaren daarvoor.
        Wie heeft dit onderzoek betaald? Zie https://example.org/grants/2024
        Met `max_depth = 3` verdwijnt het probleem bij mij.
        De term time horizon wordt nergens in het stuk uitgelegd.
        Mijn oma vertelde hetzelfde verhaal, maar de vos was een raaf.
        - aan Jonas vragen of dit na de verhuizing nog klopt
        sv
        Den här siffran tror jag på först när någon har räknat om den.
        Den andra tabellen säger emot det som sammanfattningen lovar.
        Här saknar jag en **jämförelse** med åren innan.
        Vem betalade för studien? Se https://example.org/grants/2024
        Med `max_depth = 3` försvinner problemet hos mig.
        Begreppet time horizon förklaras inte någonstans i texten.
        Min mormor berättade samma saga, men räven var en korp.
        - fråga Jonas om det fortfarande stämmer efter flytten
        da
        Det tal tror jag først på, når nogen har regnet efter.
        Den anden tabel siger noget andet, end resuméet lover.
        Her mangler jeg en **sammenligning** med årene forinden.
        Hvem har betalt for undersøgelsen? Se https://example.org/grants/2024
        Med `max_depth = 3` forsvinder fejlen hos mig.
        Begrebet time horizon bliver ikke forklaret noget sted.
        Min mormor fortalte den samme historie, blot var ræven en ravn.
        - spørg Jonas, om det stadig gælder efter flytningen
        nb
        Dette tallet tror jeg ikke på før noen har regnet det ut på nytt.
        Den andre tabellen motsier det som sammendraget lover.
        Her savner jeg en **sammenligning** med årene før.
        Hvem har betalt for studien? Se https://example.org/grants/2024
        Med `max_depth = 3` forsvinner problemet hos meg.
        Begrepet time horizon blir ikke forklart noe sted i teksten.
        Bestemoren min fortalte samme eventyret, men reven var en ravn.
        - spør Jonas om dette fortsatt stemmer etter flyttingen
        fi
        En usko tätä lukua ennen kuin joku laskee sen uudelleen.
        Toinen taulukko on ristiriidassa tiivistelmän kanssa.
        Tästä puuttuu **vertailu** aikaisempiin vuosiin.
        Kuka tutkimuksen maksoi? Vihje: https://example.org/grants/2024
        Asetuksella `max_depth = 3` ongelma katoaa minulta.
        Käsitettä time horizon ei selitetä missään kohdassa.
        Mummoni kertoi saman sadun, mutta kettu oli korppi.
        - kysy Joonakselta, pitääkö tämä yhä paikkansa muuton jälkeen
        is
        Ég trúi ekki þessari tölu fyrr en einhver reiknar hana aftur.
        Önnur taflan stangast á við það sem lofað er í ágripinu.
        Hér vantar **samanburð** við árin á undan.
        Hver borgaði fyrir rannsóknina? Sjá https://example.org/grants/2024
        Með `max_depth = 3` hverfur villan hjá mér.
        Hugtakið time horizon er hvergi útskýrt í greininni.
        Amma mín sagði sömu söguna en refurinn var hrafn.
        - spyrja Jónas hvort þetta standist enn eftir flutninginn
        pl
        Nie uwierzę w tę liczbę, dopóki ktoś jej nie przeliczy.
        Druga tabela przeczy temu, co obiecuje streszczenie.
        Brakuje mi tu **porównania** z poprzednimi latami.
        Kto zapłacił za badanie? Wskazówka: https://example.org/grants/2024
        Przy `max_depth = 3` problem u mnie znika.
        Pojęcie time horizon nie jest nigdzie wyjaśnione.
        Moja babcia opowiadała tę samą bajkę, ale lis był krukiem.
        - zapytać Jonasza, czy to wciąż prawda po przeprowadzce
        cs
        Tomu číslu neuvěřím, dokud ho někdo nepřepočítá.
        Druhá tabulka odporuje tomu, co slibuje úvod.
        Chybí mi tu **srovnání** s předchozími roky.
        Kdo tu studii zaplatil? Nápověda: https://example.org/grants/2024
        S nastavením `max_depth = 3` mi ten problém zmizel.
        Pojem time horizon není nikde vysvětlen.
        Moje babička vyprávěla stejnou pohádku, ale liška byla havran.
        - zeptat se Jonáše, jestli to po stěhování ještě platí
        hu
        Ezt a számot addig nem hiszem el, amíg valaki újra ki nem számolja.
        A második táblázat ellentmond annak, amit az összefoglaló ígér.
        Itt hiányzik az **összehasonlítás** a korábbi évekkel.
        Ki fizette a kutatást? Egy nyom: https://example.org/grants/2024
        A `max_depth = 3` beállítással nálam eltűnik a hiba.
        A time horizon fogalmát sehol sem magyarázzák meg.
        A nagymamám ugyanezt mesélte, csak nála a róka holló volt.
        - megkérdezni Jónást, hogy a költözés után is igaz-e
        ro
        Nu cred cifra aceasta până nu o verifică cineva.
        Al doilea tabel contrazice ce promite rezumatul.
        Lipsește aici o **comparație** cu anii precedenți.
        Cine a plătit studiul? Un indiciu: https://example.org/grants/2024
        Cu `max_depth = 3` problema dispare la mine.
        Termenul time horizon nu este explicat nicăieri.
        Bunica mea spunea aceeași poveste, dar vulpea era un corb.
        - de întrebat pe Iona dacă mai este valabil după mutare
        tr
        Biri yeniden hesaplayana kadar bu sayıya inanmam.
        İkinci tablo özetin vaat ettiğiyle çelişiyor.
        Burada önceki yıllarla bir **karşılaştırma** eksik.
        Araştırmanın parasını kim ödedi? İpucu: https://example.org/grants/2024
        Bende `max_depth = 3` ile sorun ortadan kalkıyor.
        Buradaki time horizon kavramı hiçbir yerde açıklanmıyor.
        Ninem aynı masalı anlatırdı ama tilki karga olurdu.
        - taşındıktan sonra bu hâlâ doğru mu, Yunus'a sor
        vi
        Tôi chưa tin con số này cho đến khi có người tính lại.
        Bảng thứ hai mâu thuẫn với những gì phần tóm tắt hứa hẹn.
        Ở đây thiếu phần **so sánh** với những năm trước.
        Ai đã trả tiền cho nghiên cứu? Xem https://example.org/grants/2024
        Với `max_depth = 3` thì lỗi biến mất trên máy của tôi.
        Khái niệm time horizon không được giải thích ở đâu cả.
        Bà tôi kể cùng câu chuyện ấy, nhưng con cáo là con quạ.
        - hỏi anh Nam xem điều này còn đúng sau khi chuyển nhà không
        id
        Saya belum percaya angka ini sebelum ada yang menghitung ulang.
        Tabel kedua bertentangan dengan janji di bagian ringkasan.
        Di sini tidak ada **perbandingan** dengan tahun-tahun sebelumnya.
        Siapa yang membayar penelitian ini? Lihat https://example.org/grants/2024
        Dengan `max_depth = 3` masalahnya hilang di komputer saya.
        Istilah time horizon tidak dijelaskan di mana pun.
        Nenek saya menceritakan kisah yang sama, tetapi rubahnya seekor gagak.
        - tanyakan kepada Yunus apakah ini masih benar setelah pindah
        ca
        No em crec aquesta xifra fins que algú la torni a calcular.
        La segona taula contradiu allò que promet el resum.
        Aquí hi falta una **comparació** amb els anys anteriors.
        Qui va pagar l'estudi? Hi ha una pista a https://example.org/grants/2024
        Amb `max_depth = 3` el problema desapareix al meu ordinador.
        El terme time horizon no s'explica enlloc de l'article.
        La meva àvia explicava el mateix conte, però la guineu era un corb.
        - preguntar a en Jonàs si això encara és cert després del trasllat
        """;
}
