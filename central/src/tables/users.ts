/**
 * Table `users`: who there is, in which role and with which territory. Owns its SQL.
 */

export interface User {
  id: string;
  name: string;
  role: "rep" | "approver" | "admin";
  sales_rep: string | null;
  active: boolean;
}

type Row = Omit<User, "active"> & { active: number };

const read = (row: Row | null): User | null => (row === null ? null : { ...row, active: row.active === 1 });

export async function userByName(db: D1Database, name: string): Promise<User | null> {
  return read(
    await db.prepare("SELECT id, name, role, sales_rep, active FROM users WHERE name = ?1").bind(name).first<Row>(),
  );
}

export async function userById(db: D1Database, id: string): Promise<User | null> {
  return read(
    await db.prepare("SELECT id, name, role, sales_rep, active FROM users WHERE id = ?1").bind(id).first<Row>(),
  );
}

/** The user of that name as it is to be, made when there is none. */
export async function putUser(db: D1Database, user: User, now: string): Promise<User> {
  const row = await db
    .prepare(
      `INSERT INTO users (id, name, role, sales_rep, active, created_at, updated_at)
       VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?6)
       ON CONFLICT (name) DO UPDATE SET role = excluded.role, sales_rep = excluded.sales_rep,
         active = excluded.active, updated_at = excluded.updated_at
       RETURNING id, name, role, sales_rep, active`,
    )
    .bind(user.id, user.name, user.role, user.sales_rep, user.active ? 1 : 0, now)
    .first<Row>();
  const put = read(row);
  if (put === null) throw new Error("a user was written and not given back");
  return put;
}
