// SPDX-License-Identifier: Apache-2.0
// What the dialog says, in each language beside the other. `{name}` is filled in; of `one|many` the count `n` decides.

const languages = ["en", "es"];

const words = {
  share: ["Share", "Compartir"],
  title: ["Share this cart", "Compartir este carrito"],
  close: ["Close", "Cerrar"],
  loading: ["One moment…", "Un momento…"],
  "tab.new": ["New link", "Enlace nuevo"],
  "tab.links": ["Links", "Enlaces"],
  "tab.people": ["People", "Personas"],
  notOwner: ["Only the owner of this cart can share it.", "Solo el propietario de este carrito puede compartirlo."],
  nothing: ["This shop doesn’t let you share this cart.", "Esta tienda no permite compartir este carrito."],

  who: ["Who is it for?", "¿Para quién es?"],
  person: ["A person", "Una persona"],
  "business-unit": ["My unit", "Mi unidad"],
  company: ["My company", "Mi empresa"],
  shop: ["Customers of the shop", "Clientes de la tienda"],
  external: ["Anyone with the link", "Cualquiera con el enlace"],
  "person.hint": ["Only this person, logged in", "Solo esta persona, con sesión iniciada"],
  "business-unit.hint": ["Everyone in your unit, logged in", "Todos los de su unidad, con sesión iniciada"],
  "company.hint": ["Everyone in your company, logged in", "Todos los de su empresa, con sesión iniciada"],
  "shop.hint": ["Anyone who is logged in to this shop", "Quien tenga sesión iniciada en esta tienda"],
  "external.hint": ["Public: no login needed, only to look", "Público: sin iniciar sesión, solo para ver"],
  forbidden: ["This shop doesn’t allow it", "Esta tienda no lo permite"],
  personId: ["The person’s id", "Identificador de la persona"],
  nameless: ["No name is known for this id", "No se conoce el nombre de este identificador"],

  what: ["What may they do?", "¿Qué podrán hacer?"],
  "read-only": ["Look", "Ver"],
  full: ["Look and change", "Ver y modificar"],
  until: ["Until when?", "¿Hasta cuándo?"],
  usual: ["As usual, until {date}", "Lo habitual, hasta el {date}"],
  usually: ["As usual", "Lo habitual"],
  days: ["{n} day|{n} days", "{n} día|{n} días"],
  date: ["Until a date", "Hasta una fecha"],
  lastDay: ["Last day", "Último día"],
  latest: ["At most until {date}", "Como máximo hasta el {date}"],
  label: ["Label", "Etiqueta"],
  "label.hint": ["Only you see it", "Solo la ve usted"],
  more: ["More options", "Más opciones"],
  prices: ["Show prices", "Mostrar los precios"],
  snapshot: ["Show the cart as it is now, without later changes", "Mostrar el carrito tal como está ahora, sin cambios posteriores"],
  card: ["Name the products in previews of chats and networks", "Nombrar los productos en las vistas previas de chats y redes"],
  most: ["At most this many people", "Como máximo, este número de personas"],

  see: ["What they will see", "Lo que verán"],
  seeFirst: ["Before they accept. Afterwards they see the same as members.", "Antes de aceptar. Después ven lo que ven los miembros."],
  seeLater: ["Fill in the fields to see it.", "Rellene los campos para verlo."],
  empty: ["The cart is empty.", "El carrito está vacío."],
  moreItems: ["and {n} more|and {n} more", "y {n} más|y {n} más"],
  sum: ["Items", "Artículos"],
  incomplete: ["Prices are being updated.", "Los precios se están actualizando."],
  hidden: ["They don’t see: {list}.", "No ven: {list}."],
  "hidden.personal": ["names, addresses and contact data", "nombres, direcciones y datos de contacto"],
  "hidden.payment": ["payment data", "datos de pago"],
  "hidden.opaque": ["the cart’s name and notes", "el nombre del carrito y las notas"],
  "hidden.prices": ["prices", "precios"],
  "hidden.costs": ["discounts, shipping and tax", "descuentos, envío e impuestos"],

  create: ["Create link", "Crear enlace"],
  warning: ["This link will be public", "Este enlace será público"],
  warns: [
    "Anyone who has this link can see {n} item{prices}, until {date}. Links get passed on.|Anyone who has this link can see {n} items{prices}, until {date}. Links get passed on.",
    "Cualquiera que tenga este enlace puede ver {n} artículo{prices}, hasta el {date}. Los enlaces se reenvían.|Cualquiera que tenga este enlace puede ver {n} artículos{prices}, hasta el {date}. Los enlaces se reenvían.",
  ],
  withPrices: [" with prices", " con precios"],
  withoutPrices: [" without prices", " sin precios"],
  takeBack: ["You can take it back at any time.", "Puede retirarlo en cualquier momento."],
  createPublic: ["Create the public link", "Crear el enlace público"],
  back: ["Back", "Volver"],

  ready: ["Your link is ready", "Su enlace está listo"],
  link: ["The link", "El enlace"],
  copy: ["Copy", "Copiar"],
  copied: ["The link is copied.", "El enlace está copiado."],
  copyByHand: ["Your browser doesn’t let us copy. The link is selected: copy it by hand.", "Su navegador no permite copiar. El enlace está seleccionado: cópielo a mano."],
  send: ["Send…", "Enviar…"],
  email: ["E-mail", "Correo"],
  hello: ["I’m sharing a cart with you: ", "Comparto un carrito contigo: "],
  another: ["Make another link", "Crear otro enlace"],

  noLinks: ["There are no links to this cart.", "No hay enlaces a este carrito."],
  ended: ["Ended ({n})|Ended ({n})", "Terminados ({n})|Terminados ({n})"],
  active: ["Active", "Activo"],
  paused: ["Paused", "En pausa"],
  expired: ["Expired", "Caducado"],
  revoked: ["Revoked", "Revocado"],
  untilDate: ["until {date}", "hasta el {date}"],
  opens: ["Opened {n} time|Opened {n} times", "Abierto {n} vez|Abierto {n} veces"],
  robots: ["and by {n} robot|and by {n} robots", "y por {n} robot|y por {n} robots"],
  last: ["last on {date}", "la última vez el {date}"],
  accepts: ["{n} person accepted|{n} people accepted", "{n} persona aceptó|{n} personas aceptaron"],
  pause: ["Pause", "Pausar"],
  resume: ["Resume", "Reanudar"],
  narrow: ["Only looking", "Solo ver"],
  extend: ["Extend", "Prolongar"],
  save: ["Save", "Guardar"],
  cancel: ["Cancel", "Cancelar"],
  revoke: ["Revoke", "Revocar"],
  revokes: ["The link stops working at once, for everyone, and can’t be brought back.", "El enlace deja de funcionar de inmediato, para todos, y no se puede recuperar."],
  keep: ["People who accepted it keep their access", "Quienes lo aceptaron conservan el acceso"],
  revokeNow: ["Revoke the link", "Revocar el enlace"],
  done: ["Done.", "Hecho."],

  noPeople: ["Nobody else has access to this cart.", "Nadie más tiene acceso a este carrito."],
  since: ["since {date}", "desde el {date}"],
  through: ["through the link “{label}”", "por el enlace «{label}»"],
  byYou: ["by your word", "porque usted lo dio"],
  raise: ["Let change", "Dejar modificar"],
  withdraw: ["Withdraw", "Retirar"],
  withdraws: ["{name} can’t open this cart any more, not even through a link that you sent before.", "{name} ya no podrá abrir este carrito, tampoco por un enlace que usted envió antes."],
  withdrawNow: ["Withdraw the access", "Retirar el acceso"],

  "trouble.login": ["Your login has expired. What you typed is kept.", "Su sesión ha caducado. Lo que escribió se conserva."],
  loginAgain: ["Log in again", "Iniciar sesión de nuevo"],
  again: ["Try again", "Reintentar"],
  "trouble.offline": ["You are offline. Try again when you are connected.", "No tiene conexión. Reintente cuando la tenga."],
  "trouble.unreachable": [
    "The sharing service doesn’t answer, or it doesn’t let this page use it. Try again; if it stays like this, tell the shop.",
    "El servicio no responde o no permite que lo use esta página. Reintente; si sigue así, avise a la tienda.",
  ],
  "trouble.wait": ["There is too much to do just now. Try again in {n} second.|There is too much to do just now. Try again in {n} seconds.", "Hay demasiada actividad. Reintente en {n} segundo.|Hay demasiada actividad. Reintente en {n} segundos."],
  "trouble.limit-reached": ["This cart has as many links as it may. Revoke one first.", "Este carrito ya tiene todos los enlaces posibles. Revoque uno antes."],
  "trouble.cart-locked": ["The cart was ordered; it can’t be shared any more.", "El carrito ya se pidió; no se puede compartir."],
  "trouble.not-allowed-here": ["This shop doesn’t allow it.", "Esta tienda no lo permite."],
  "trouble.gone": ["That has ended meanwhile; the list is up to date now.", "Eso terminó entretanto; la lista ya está al día."],
  "trouble.invalid-input": ["Please look at the marked field.", "Revise el campo marcado."],
  "trouble.other": ["That didn’t work. If it stays like this, tell the shop this number: {id}", "No ha funcionado. Si sigue así, dé a la tienda este número: {id}"],
  "field.personId": ["No one can be named by this id. It looks like user:12 or company-user:12.", "Nadie tiene este identificador. Es como user:12 o company-user:12."],
  "field.oneself": ["That’s you. A link is for somebody else.", "Es usted. Un enlace es para otra persona."],
  "field.until": ["This date has passed, or is later than the shop allows.", "Esta fecha ya pasó o es posterior a lo que permite la tienda."],
  "field.label": ["At most 200 characters on one line.", "Como máximo 200 caracteres en una línea."],
  "field.most": ["A whole number from 1 to 10,000.", "Un número entero de 1 a 10.000."],
};

/** The language of the nearest `lang`, also outside of shadow trees, else the browser's; English where it is none of ours. */
export function languageOf(element) {
  let said = "";
  for (let node = element; node && !said; node = node.parentNode ?? node.host) said = node.lang ?? "";
  const wished = said ? [said] : navigator.languages;
  return wished.map((name) => name.slice(0, 2).toLowerCase()).find((name) => languages.includes(name)) ?? "en";
}

/** What says a text of that language by its key. */
export function speaker(language) {
  const place = languages.indexOf(language);
  return (key, values = {}) => {
    const forms = words[key][place].split("|");
    const text = forms[values.n === 1 ? 0 : forms.length - 1];
    return text.replace(/\{(\w+)\}/g, (_, name) => values[name]);
  };
}
