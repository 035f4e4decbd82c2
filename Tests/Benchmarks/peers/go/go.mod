// SPDX-License-Identifier: Apache-2.0

module cartlink/peer

go 1.19
