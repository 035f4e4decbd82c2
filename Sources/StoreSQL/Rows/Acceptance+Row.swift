// SPDX-License-Identifier: Apache-2.0

/// Who took a link up, and when among the cart's decisions.
enum AcceptanceColumn: Int, TableColumn {
    case link, holder, serial
}
