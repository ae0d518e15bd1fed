/** The part of pgpass that Daybook uses: it has no types of its own. */
declare module "pgpass" {
  namespace lookUp {
    interface Place {
      readonly host: string;
      readonly port: number;
      readonly database: string;
      readonly user: string;
    }
  }
  /** Calls back with the password of the file of passwords (PGPASSFILE, ~/.pgpass), or undefined. */
  function lookUp(place: lookUp.Place, callback: (password: string | undefined) => void): void;
  export default lookUp;
}
