/** Single facts that outlive the process, such as which command definitions were last registered. */
export interface Facts {
  find(name: string): Promise<string | undefined>;
  save(name: string, value: string): Promise<void>;
}
