// SPDX-License-Identifier: Apache-2.0

extension Schema {
    // A message has a moment at which it is due only while it is the next of its thread; the others are let go by the one before them.
    // The numbers of a webhook's messages are kept by triggers, so that no statement can forget them.
    static let webhooksStep = """
        CREATE TABLE outbox (
            row INTEGER PRIMARY KEY,
            id TEXT NOT NULL,
            webhook TEXT NOT NULL,
            kind TEXT NOT NULL,
            link BLOB,
            cart TEXT NOT NULL,
            thread TEXT NOT NULL,
            createdAt INTEGER NOT NULL,
            body TEXT NOT NULL,
            isReplaceable INTEGER NOT NULL,
            attempts INTEGER NOT NULL,
            dueAt INTEGER,
            fault TEXT,
            diedAt INTEGER
        ) STRICT;
        CREATE INDEX outboxByThread ON outbox (webhook, thread) WHERE diedAt IS NULL;
        CREATE INDEX outboxByDue ON outbox (webhook, dueAt) WHERE dueAt IS NOT NULL;
        CREATE INDEX outboxDead ON outbox (webhook) WHERE diedAt IS NOT NULL;
        CREATE INDEX outboxDeadByID ON outbox (id) WHERE diedAt IS NOT NULL;

        CREATE TABLE massRevocation (
            row INTEGER PRIMARY KEY,
            webhook TEXT NOT NULL,
            selector TEXT NOT NULL,
            at INTEGER NOT NULL,
            links INTEGER NOT NULL,
            cursor INTEGER
        ) STRICT;

        CREATE TABLE webhook (
            id TEXT NOT NULL PRIMARY KEY,
            waiting INTEGER NOT NULL DEFAULT 0,
            dead INTEGER NOT NULL DEFAULT 0,
            lastSuccessAt INTEGER,
            lastFailureAt INTEGER,
            lastFault TEXT
        ) STRICT, WITHOUT ROWID;

        CREATE TRIGGER outboxQueued AFTER INSERT ON outbox BEGIN
            INSERT INTO webhook (id, waiting) VALUES (NEW.webhook, 1) ON CONFLICT (id) DO UPDATE SET waiting = waiting + 1;
        END;
        CREATE TRIGGER outboxDied AFTER UPDATE OF diedAt ON outbox WHEN OLD.diedAt IS NULL AND NEW.diedAt IS NOT NULL BEGIN
            UPDATE webhook SET waiting = waiting - 1, dead = dead + 1 WHERE id = NEW.webhook;
        END;
        CREATE TRIGGER outboxDone AFTER DELETE ON outbox WHEN OLD.diedAt IS NULL BEGIN
            UPDATE webhook SET waiting = waiting - 1 WHERE id = OLD.webhook;
        END;
        CREATE TRIGGER outboxForgotten AFTER DELETE ON outbox WHEN OLD.diedAt IS NOT NULL BEGIN
            UPDATE webhook SET dead = dead - 1 WHERE id = OLD.webhook;
        END;
        """
}
