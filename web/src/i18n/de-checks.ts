import type { enChecks } from './en-checks.ts'

/** Die Prüfungen dessen, was immer gilt. */
export const deChecks: Readonly<Record<keyof typeof enChecks, string>> = {
  'checks.title': 'Prüfungen',
  'checks.intro':
    'Was für Datenbanken, Ereignisse und Abläufe zusammen immer gelten muss. Nichts wird von selbst repariert.',
  'checks.run': 'Jetzt prüfen',
  'checks.underWay': 'Eine Prüfung läuft …',
  'checks.none': 'Noch nichts wurde geprüft',
  'checks.noneHint': 'Starten Sie eine Prüfung, oder setzen Sie VERIFY_EVERY_MINUTES, dann laufen sie von selbst.',
  'checks.clean': 'Alles stimmt',
  'checks.findings': '{count} Befunde',
  'checks.findings.one': '{count} Befund',
  'checks.failed': 'Konnte nicht nachsehen',
  'checks.couldNotLook': 'Ein Teil war nicht zu fragen, darum weiß es niemand',
  'checks.endedAt': 'Nachgesehen',
  'checks.took': 'in {time}',
  'checks.ok': 'In Ordnung',
  'checks.finding': '{count} Befunde',
  'checks.finding.one': '{count} Befund',
  'checks.unknown': 'Unbekannt',
  'checks.looked': '{count} angesehen',
  'checks.difference': 'Unterschied',
  'checks.repair': 'Abhilfe',
  'checks.andMore': '… und {count} weitere: erst die Ursache ansehen.',
  'check.stock': 'Jeder Bestand ist die Summe seines Verlaufs.',
  'check.reservations': 'Reserviert ist, was Bestellungen halten; die Schlange ist, was wartet.',
  'check.ledger': 'Jede Geldbewegung summiert sich zu 0; Hauptbuch und Zahlungen sagen dasselbe.',
  'check.captures': 'Jede Bestellung wird höchstens einmal eingezogen und nie mehr erstattet als eingezogen.',
  'check.provider': 'Das Buch des Zahlungsanbieters sagt, was unseres sagt.',
  'check.endings':
    'Zugestelltes ist bezahlt und fort, Zurückgenommenes keins von beiden; Geld ging nur durch Retouren zurück.',
  'check.accepted': 'Leser kennen jede angenommene Bestellung.',
  'check.workflows': 'Jede laufende Bestellung hat einen offenen Ablauf, und umgekehrt.',
  'check.deadlines': 'Keine Bestellung wartet länger, als ihre Fristen erlauben.',
  'check.undone':
    'Von dem, was vorbei ist, wurde alles Begonnene zurückgenommen, die letzte Stufe zuerst, jedes einmal.',
  'check.events': 'Die Ereignisse jeder Bestellung sind lückenlos gezählt, jede Nummer mit einem Inhalt.',
  'check.paths': 'Jede Bestellung ging nur Wege, die es gibt.',
  'check.projection': 'Was Leser sehen, ergibt sich aus dem Topic.',
  'check.lag': 'Jede Gruppe läuft und nimmt auf, was auf dem Topic ist.',
  'check.dead letters': 'Über alles Unzustellbare hat jemand entschieden.',
}
