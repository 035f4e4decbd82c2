// SPDX-License-Identifier: Apache-2.0

extension Vocabulary {
    static let lists: [(WordRoles, String)] = [
        (
            .phone,
            """
            tel tele telf tlf tlfn tfno tfn fon phone phones telephone telefon telefono telefonos telefone telefones telefonnummer
            telefonnr telno mobile mobil movil moviles mobilnummer mobilnr handy handynr handynummer cel cell cellphone celular
            celulares telemovel tlm tm whatsapp whats wasap guasap wapp wpp wa zap zapzap telegram sms call calls calling dial fax
            faxnummer anruf anrufen anrufe ruf rufen rufnummer rufnr durchwahl notruf notfallnummer llama llamar llamad llamame llamadme
            llamen llamanos llamada liga ligar ligue ligame fone fones contacto contato hotline bizum fijo recado festnetz notfall
            """
        ),
        (
            .code,
            """
            sku ean gtin upc isbn issn asin mpn pzn ncm imei ref refs reference referencia referenz art article articulo artigo artikel
            item order orders pedido pedidos encomenda bestellung auftrag auftragsnummer bestell best model modelo modell type typ part
            parts teil teile pn lot lote batch charge serial serie seriennummer sn id code codigo cod kod kode invoice factura fatura
            rechnung fiscal nf tracking sendung paket protocolo expediente cart carrito
            warenkorb norm iso din version versao build firmware barcode ticket voucher coupon cupon cupom gutschein
            """
        ),
        (
            .filler,
            """
            no nr num number numbers nummer numero numeros nos n o a de do da del la el den der die das the is are es ist e my mi mis
            meu minha mein meine unter under on at al an auf para pra pro por to me mich uns us our nuestro nosso in im em en und and y
            or oder ou
            """
        ),
        (
            .card,
            """
            card cards visa mastercard master maestro amex american express diners discover jcb tarjeta tarjetas karte kreditkarte
            kartennummer kartennr ec bankkarte cartao cartoes credit debit credito debito kredit pan cc unionpay elo hipercard
            """
        ),
        (
            .unit,
            """
            mm cm km m ml cl l g kg mg oz lb lbs inch inches zoll polegada polegadas pulgada pulgadas eur euro euros usd gbp brl cop mxn
            ars clp chf dollar dollars reais kw w v ah mah wh hz khz mhz ghz gb mb tb kb k lm lumen lumens px dpi pcs pc pieces piece
            stk stuck st uds ud unid unidad unidades un und piezas pieza peca pecas teile teilig pack packs x rpm bar psi db grad
            reviews estrellas sterne estrelas h hrs horas hours uhr std min minuten minutos minutes dias days tage jahre jahren years
            anos meses monate months farben colores cores colors gang marchas rollos rolos gramos gramas gr litros litro liter fps
            puntos punkte points paginas pages seiten cartas karten cards
            """
        ),
        (.streetStart, "calle avenida avda avd rua carretera ctra rue alameda travessa rodovia carrer travesia"),
        (
            .placeStart,
            """
            plaza plza pza paseo camino cno ronda glorieta rambla praca largo estrada calcada beco carrera cra quai boulevard callejon
            urbanizacion poligono rotunda via
            """
        ),
        (.streetLetter, "c r av cl cll tv pc pza urb al"),
        (.streetEnd, "street st road rd avenue ave lane ln boulevard blvd crescent terrace parkway pkwy highway strase strasse str allee"),
        (
            .placeEnd,
            """
            drive dr court ct close place pl square sq gardens row mews grove hill walk way circle weg platz gasse ufer damm chaussee
            quay
            """
        ),
        (.link, "de del la las los el da do dos das d y e of the von van der den dem des du le les i st san santa sao a"),
        (
            .notName,
            """
            size sizes talla tallas tam tamanho tamano taille grose grosen gr pack set kit inch inches zoll for on off with und and or
            to in per pro para con com mit x way wheel speed piece pieces hard flash usb external solid thumb pen memory game games race
            lane gb tb mb man woman men women hombre mujer homem mulher color cor colour farbe modelo model talle edicion edition ed vol
            temporada season cd dvd lp vinyl vinilo poster puzzle numero version mesa reihe einweg mehrweg zweiweg sitzplatz stellplatz
            arbeitsplatz parkplatz spielplatz steckplatz schlafplatz essplatz hinweg ruckweg umweg feldweg lampen my your this that am
            """
        ),
        (
            .goods,
            """
            bike bikes bicycle style styles wear shoe shoes boot boots art food map maps sign signs helmet racing tyre tyres tire tires
            wheel wheels workout hockey glide king bob car cars track flares toy toys set game games dance fighter style puzzle poster
            print mirror lamp light lights scooter skate skateboard photography jacket jeans vinyl album band speaker speakers
            """
        ),
        (.box, "postfach apartado apdo"),
        (.boxEnd, "box postal"),
        (.placePreposition, "am an auf im in zum zur unter"),
        (.houseNumber, "no nr num numero n nro o km"),
        (
            .mailHost,
            """
            gmail googlemail hotmail outlook yahoo icloud live gmx web proton protonmail uol bol terra sapo msn aol posteo mailbox
            freenet
            """
        ),
        (.mail, "mail email mails emails correo correos correio mailto"),
        (.atSign, "at arroba aet"),
        (.dot, "dot punkt punto ponto point"),
    ]
}
